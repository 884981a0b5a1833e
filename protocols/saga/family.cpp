#include "protocols/saga/family.hpp"

#include <algorithm>

#include "protocols/saga/mutants.hpp"
#include "protocols/saga/orchestrator.hpp"
#include "protocols/saga/participant.hpp"

namespace indoubt::saga {
namespace {

using protocols::OptionDecl;

Settings settings_of(const business::Blueprint& blueprint) {
  Settings settings;
  settings.services = blueprint.services();
  settings.call_timeout = blueprint.option<sim::Duration>("call_timeout", std::chrono::seconds{1});
  settings.retry.first = blueprint.option<sim::Duration>("retry", settings.retry.first);
  settings.retry.longest = blueprint.option<sim::Duration>("retry_max", settings.retry.longest);
  return settings;
}

template <typename O = Orchestrator, typename P = Participant>
void build(business::Blueprint& blueprint) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  O orchestrator;
  orchestrator.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), orchestrator);
  for (const sim::NodeId service : blueprint.stock_nodes()) {
    P participant;
    participant.stock = business::Stock{*blueprint.stock_of(service)};
    blueprint.place<Messages, Records>(service, participant);
  }
  const sim::Duration longest = std::max(settings->call_timeout, settings->retry.longest);
  blueprint.traits = {.votes = false,
                      .decides = true,
                      .vote_timeout = settings->call_timeout,
                      .longest_timeout = longest,
                      .longest_wait = longest,
                      .sweep = {}};
}

struct Mutant {
  protocols::MutantDecl decl;
  protocols::Build build;
};

const Mutant planted[] = {
    {{"M-E01", "comp_races_forward", "no-leak",
      "Compensates a step that has not arrived yet and remembers nothing of it, so the step is done "
      "afterwards for good (servicecomb-pack#346)."},
     &build<Orchestrator, mutants::NoTombstone>},
    {{"M-E02", "unknown_step_not_compensated", "no-leak",
      "Treats a step without an answer as one that was not run, and compensates only those before "
      "it (dtm#272)."},
     &build<mutants::UnknownIsFailure>},
    {{"M-E04", "comp_not_idempotent", "conservation",
      "A repeated compensation gives back a second time, as a refund that is paid twice; dtm's "
      "barrier exists for this."},
     &build<Orchestrator, mutants::CompensatesTwice>},
    {{"M-E05", "comp_failure_skipped", "no-leak",
      "A compensation that fails ends the saga, as in Eventuate's "
      "handleFailedCompensatingTransaction; Seata stops and tries again (Seata#2861)."},
     &build<mutants::GivesUpCompensating>},
    {{"M-E07", "pivot_compensated", "truthful-reply",
      "Goes back when a step behind the pivot fails, though the client was told that the order is "
      "placed (textbook)."},
     &build<mutants::PivotCompensated>},
    {{"X-SAGA-01", "intent_not_forced", "no-leak",
      "Sends a step's command before the intent is durable, so a crash forgets an order whose step "
      "is done."},
     &build<mutants::IntentNotForced>},
    {{"X-SAGA-02", "placed_before_force", "truthful-reply",
      "Tells the client before the pivot is durable; after a crash its step counts as unknown, and "
      "may be undone."},
     &build<mutants::PlacedBeforeForce>},
    {{"X-SAGA-03", "done_before_force", "truthful-reply",
      "A service says that its step is done before that is durable, and a crash takes it back."},
     &build<Orchestrator, mutants::DoneBeforeForce>},
    {{"X-SAGA-04", "step_has_no_id", "atomicity",
      "Every copy of a command is done anew: the order gets more units than it takes."},
     &build<Orchestrator, mutants::StepHasNoId>},
    {{"X-SAGA-05", "late_answer_revives", "truthful-reply",
      "A late answer makes an order placed that is being undone."},
     &build<mutants::LateAnswerRevives>},
};

}  // namespace

protocols::Family family() {
  protocols::FamilyInfo info;
  info.name = "saga";
  info.summary = "One step after another, each visible at once; what should not have been is undone.";
  info.options = {
      {"style",
       OptionDecl::Type::choice,
       {"orchestrated"},
       "orchestrated",
       "who knows what comes next: one node, or each service for itself"},
      {"call_timeout",
       OptionDecl::Type::duration,
       {},
       "1s",
       "how long a step is tried before its result counts as unknown"},
      {"retry",
       OptionDecl::Type::duration,
       {},
       "200ms",
       "first wait before trying again; it doubles"},
      {"retry_max", OptionDecl::Type::duration, {}, "2s", "longest wait before trying again"},
  };
  info.kinds = protocols::names_of_kinds<Messages>();
  std::vector<protocols::Family::Entry> builds;
  for (const Mutant& mutant : planted) {
    info.mutants.push_back(mutant.decl);
    builds.push_back({mutant.decl.name, mutant.build});
  }
  return {
      .info = std::move(info), .variants = {{"hardened", &build<>}}, .mutants = std::move(builds)};
}

}  // namespace indoubt::saga
