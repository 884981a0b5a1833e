#include "protocols/event_sourcing/family.hpp"

#include <algorithm>

#include "protocols/event_sourcing/mutants.hpp"
#include "protocols/event_sourcing/process_manager.hpp"
#include "protocols/event_sourcing/service.hpp"
#include "protocols/event_sourcing/store.hpp"
#include "protocols/event_sourcing/supervised.hpp"
#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/kit/supervisor/options.hpp"

namespace indoubt::event_sourcing {
namespace {

/// The role of the store, and the default name of its node.
constexpr std::string_view event_store = "event-store";

Settings settings_of(const kit::Blueprint& blueprint, sim::NodeId store) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  settings.store = store;
  return settings;
}

template <typename M = ProcessManager, typename S = Store, typename P = Service>
void build(kit::Blueprint& blueprint) {
  const sim::NodeId store = blueprint.node_for(event_store, event_store);
  const auto settings = blueprint.keep(settings_of(blueprint, store));
  M manager;
  manager.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), manager);
  blueprint.place<Messages, Records>(store, S{});
  P service;
  kit::put_under_supervision(blueprint, service);
  blueprint.place_services<Messages, Records>(service);
  const sim::Duration longest = std::max(settings->call_timeout, settings->retry.limit());
  blueprint.traits = {.votes = false,
                      .decides = true,
                      .several_decide = true,  // the event store, and who answers
                      .vote_timeout = settings->call_timeout,
                      .longest_wait = longest,
                      .sweep = {},
                      .replicas = {{.nodes = {store}, .tolerated = 0}}};
}

/// What the options say, without mistakes. The authority is the event store.
void build_correct(kit::Blueprint& blueprint) {
  if (!kit::is_supervised(blueprint)) return build<>(blueprint);
  build<ProcessManager, SupervisedStore, SupervisedService>(blueprint);
  kit::add_supervisor<Messages, Records>(blueprint, blueprint.node_for(event_store, event_store));
}

/// A command to each service and its answer; two appends to the store.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  const kit::Costs costs{.messages = 2 * n + 4, .forced_writes = n + 2, .formula = "2n + 4"};
  return kit::is_supervised(blueprint) ? kit::with_closing(costs, blueprint) : costs;
}

const kit::Mutant planted[] = {
    {{"X-ES-01", "replay_emits_commands", "atomicity",
      "Sends the commands of the events that it reads again after a crash, each with an id of its "
      "own, so that they are done once more (Axon#1111)."},
     &build<mutants::ReplayEmitsCommands>},
    {{"X-ES-02", "reader_skips_gaps", "no-leak",
      "Takes the newest position that it has seen for how far it has come, and never reads what "
      "was "
      "lost or late before it (Eventuous#222, prooph#189)."},
     &build<mutants::SkipsGaps>},
    {{"X-ES-03", "random_command_ids", "atomicity",
      "A command gets an id when it is sent and not from its event, so one that is sent again is "
      "done again."},
     &build<mutants::RandomCommandIds>},
    {{"X-ES-04", "no_expected_version", "stability",
      "The store appends whatever version the writer knows of, so an order can be placed after it "
      "was cancelled."},
     &build<ProcessManager, mutants::NoExpectedVersion>},
    {{"X-ES-05", "recorded_before_force", "no-leak",
      "The store acknowledges an event before it is durable; what it called for is done, and "
      "nobody "
      "knows of it after a crash."},
     &build<ProcessManager, mutants::RecordedBeforeForce>},
    {{"X-ES-06", "commands_before_append", "no-leak",
      "Sends the commands of an event while it is appended, so a crash leaves units with an order "
      "that there is not."},
     &build<mutants::CommandsBeforeAppend>},
    {{"X-ES-07", "taken_before_force", "truthful-reply",
      "A service answers before its event is durable, and a crash takes it back."},
     &build<ProcessManager, Store, mutants::TakenBeforeForce>},
    {{"X-ES-08", "sells_from_stale_stock", "conservation",
      "Takes units by a projection of its events that lags behind, and so sells what is sold."},
     &build<ProcessManager, Store, kit::ReadsStaleStock<Service, Take, Context>>},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "event-sourcing";
  info.idea = "sagas";
  info.summary = "A saga whose state is the fold of its events, kept in an event store.";
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  info.default_nodes = {event_store};
  kit::offer_supervisor(info);
  return kit::make_family(std::move(info), {{"hardened", &build_correct}}, planted, &commit_costs);
}

}  // namespace indoubt::event_sourcing
