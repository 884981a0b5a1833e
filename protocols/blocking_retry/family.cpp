#include "protocols/blocking_retry/family.hpp"

#include "protocols/blocking_retry/caller.hpp"
#include "protocols/blocking_retry/mutants.hpp"
#include "protocols/blocking_retry/service.hpp"
#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/job/careless_stores.hpp"

namespace indoubt::blocking_retry {
namespace {

Settings settings_of(const kit::Blueprint& blueprint) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  return settings;
}

/// Nobody votes, and nobody decides: the order just happens, service by service.
template <typename C = Caller, typename S = Service>
void build(kit::Blueprint& blueprint) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  C caller;
  caller.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), caller);
  S service;
  service.settings = settings;
  blueprint.place_services<Messages, Records>(service);
  blueprint.traits = {};
  blueprint.traits.longest_wait = settings->retry.limit();
}

/// A call of each service and its answer.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  return {.messages = 2 * n, .forced_writes = n, .formula = "2n"};
}

const kit::Mutant planted[] = {
    {{"X-BR-01", "no_idempotency_key", "atomicity",
      "Does the work again for each copy of the call, so a lost answer is paid for twice."},
     &build<Caller, mutants::NoKey>},
    {{"X-BR-02", "answer_before_force", "durability",
      "Answers before the effect is durable; a crash takes it back, and nobody calls again."},
     &build<Caller, mutants::AnswersBeforeForce>},
    {{"X-BR-03", "gives_up", "truthful-reply",
      "Reports failure after three attempts, whatever has been done by then: a timeout taken for a "
      "no."},
     &build<mutants::GivesUp>},
    {kit::sells_from_stale_stock("X-BR-04"),
     &build<Caller, kit::ReadsStaleStock<Service, Call, Context>>},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "blocking-retry";
  info.idea = "baseline";
  info.summary = "Call one service after the other until it answers: the baseline.";
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  return kit::make_family(std::move(info), {{"hardened", &build<>}}, planted, &commit_costs);
}

}  // namespace indoubt::blocking_retry
