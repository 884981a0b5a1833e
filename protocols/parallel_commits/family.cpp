#include "protocols/parallel_commits/family.hpp"

#include <algorithm>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/parallel_commits/coordinator.hpp"
#include "protocols/parallel_commits/mutants.hpp"
#include "protocols/parallel_commits/participant.hpp"

namespace indoubt::parallel_commits {
namespace {

Settings settings_of(const kit::Blueprint& blueprint) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  return settings;
}

kit::FamilyTraits traits_of(const Settings& settings) {
  const sim::Duration longest =
      std::max({settings.vote_timeout, settings.heartbeat_expiry, settings.retry.limit()});
  kit::FamilyTraits traits;
  traits.votes = true;
  traits.decides = true;
  traits.holds = true;
  traits.vote_timeout = std::min(settings.vote_timeout, settings.heartbeat_expiry);
  traits.longest_wait = longest;
  // An intent that cannot be asked for may be there.
  traits.settlers = {{.nodes = {settings.services.all.begin(), settings.services.all.end()}}};
  return traits;
}

template <typename C = Coordinator, typename P = Participant>
void build(kit::Blueprint& blueprint) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  C coordinator;
  coordinator.settings = settings;
  coordinator.pusher.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), coordinator);
  P participant;
  participant.settings = settings;
  participant.pusher.settings = settings;
  blueprint.place_services<Messages, Records>(participant);
  blueprint.traits = traits_of(*settings);
}

/// A write, its answer and its resolution for each service; the record makes one force more.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  return {.messages = 3 * n, .forced_writes = n + 1, .formula = "3n"};
}

const kit::Mutant planted[] = {
    {{"M-C10", "pc_abort_staging", "agreement",
      "A client's timeout rolls back what is STAGING without asking whether all its writes are "
      "there (cockroach#48301, PR#75601)."},
     &build<mutants::AbortsStaging>},
    {{"X-PC-01", "recovery_without_query", "agreement",
      "Recovery aborts whatever is STAGING, though all intents may be there and the client may "
      "know."},
     &build<Coordinator, mutants::RecoversWithoutQuery>},
    {{"X-PC-02", "commits_unstaged", "agreement",
      "Answers the client when the other intents are there, but not yet the record that names "
      "them."},
     &build<mutants::CommitsUnstaged>},
    {{"X-PC-03", "intent_not_forced", "atomicity",
      "Says that an intent is there before it is durable."},
     &build<Coordinator, mutants::IntentNotForced>},
    {{"X-PC-04", "never_pushes", "termination",
      "Waits for the coordinator, or for word from the record, for ever."},
     &build<Coordinator, mutants::NeverPushes>},
    {{"X-PC-05", "no_record_is_commit", "validity",
      "Takes a transaction without a record for one that is committed and cleaned up."},
     &build<Coordinator, mutants::NoRecordIsCommit>},
    {{"X-PC-06", "writes_over_intents", "isolation",
      "Takes units by a list of free ones that nobody has brought up to date, and so lays its "
      "intents over those of other orders."},
     &build<Coordinator, kit::ReadsStaleStock<Participant, WriteIntent, Context>>},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "parallel-commits";
  info.idea = "atomic commitment";
  info.summary = "Atomic commitment in one round: when all writes are there, that is the commit.";
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  return kit::make_family(std::move(info), {{"hardened", &build<>}}, planted, &commit_costs);
}

}  // namespace indoubt::parallel_commits
