#include "protocols/event_sourcing/family.hpp"

#include <algorithm>

#include "protocols/event_sourcing/announcing_store.hpp"
#include "protocols/event_sourcing/mutants.hpp"
#include "protocols/event_sourcing/process_manager.hpp"
#include "protocols/event_sourcing/read_model.hpp"
#include "protocols/event_sourcing/service.hpp"
#include "protocols/event_sourcing/store.hpp"
#include "protocols/event_sourcing/supervised.hpp"
#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/kit/supervisor/options.hpp"

namespace indoubt::event_sourcing {
namespace {

/// Roles, and the default names of their nodes.
constexpr std::string_view event_store = "event-store";
constexpr std::string_view read_model = ReadModel::role_name;

Settings settings_of(kit::Blueprint& blueprint) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  settings.store = blueprint.node_for(event_store, event_store);
  if (settings.read_model) settings.reader = blueprint.node_for(read_model, read_model);
  return settings;
}

template <typename Role>
void place_with(sim::Constant<Settings> settings, sim::NodeId node, kit::Blueprint& blueprint) {
  Role role;
  role.settings = settings;
  blueprint.place<Messages, Records>(node, role);
}

/// Who reads and does not write, and the store that it follows.
template <typename S, typename R>
void build_followed(sim::Constant<Settings> settings, kit::Blueprint& blueprint) {
  place_with<AnnouncingStore<S>>(settings, settings->store, blueprint);
  place_with<R>(settings, settings->reader, blueprint);
  blueprint.traits.listeners = {settings->reader};
  blueprint.traits.longest_wait = std::max(blueprint.traits.longest_wait, settings->poll);
}

template <typename M = ProcessManager, typename S = Store, typename P = Service,
          typename R = ReadModel>
void build(kit::Blueprint& blueprint) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  place_with<M>(settings, blueprint.coordinator(), blueprint);
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
                      .replicas = {{.nodes = {settings->store}, .tolerated = 0}}};
  if (settings->read_model) return build_followed<S, R>(settings, blueprint);
  blueprint.place<Messages, Records>(settings->store, S{});
}

template <typename R>
void build_read_by(kit::Blueprint& blueprint) {
  if (!kit::is_supervised(blueprint)) return build<ProcessManager, Store, Service, R>(blueprint);
  build<ProcessManager, SupervisedStore, SupervisedService, R>(blueprint);
  kit::add_supervisor<Messages, Records>(blueprint, blueprint.node_for(event_store, event_store));
}

/// What the options say, without mistakes. The authority is the event store.
void build_correct(kit::Blueprint& blueprint) {
  using enum Options::Token;
  switch (kit::read(option_rows(), blueprint).token) {
    case with_view: return build_read_by<ReadModel>(blueprint);
    case before_view: return build_read_by<KeepsTokenFirst>(blueprint);
    case after_view: return build_read_by<KeepsTokenLast>(blueprint);
  }
}

/// If the order is placed before the read model hears of it, that reads both events at once: it is
/// told, asks, has two events and the end of the page, and once more, and nothing. A token of its
/// own is forced for each event.
kit::Costs with_read_model(kit::Costs costs, Options::Token token) {
  costs.messages += 8;
  costs.forced_writes += token == Options::Token::with_view ? 1 : 3;
  costs.formula += " + 8";
  return costs;
}

/// A command to each service and its answer; two appends to the store.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  const Options options = kit::read(option_rows(), blueprint);
  kit::Costs costs{.messages = 2 * n + 4, .forced_writes = n + 2, .formula = "2n + 4"};
  if (options.read_model) costs = with_read_model(costs, options.token);
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
    {{"X-ES-09", "read_model_skips_gaps", "no-loss",
      "The read model takes the newest position that it has seen for how far it has come, and "
      "never shows what was lost or late before it."},
     &build<ProcessManager, Store, Service, mutants::ReadModelSkipsGaps>,
     {},
     {"read_model"}},
    {{"X-ES-10", "shows_what_is_opened", "no-ghost",
      "The read model shows an order as placed from its first event on, and does not take that "
      "back."},
     &build<ProcessManager, Store, Service, mutants::ShowsWhatIsOpened>,
     {},
     {"read_model"}},
    {{"X-ES-11", "projects_copies", "exactly-once",
      "The read model takes in an event as often as it comes, as if what is read came once."},
     &build<ProcessManager, Store, Service, mutants::ProjectsCopies>,
     {},
     {"read_model"}},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "event-sourcing";
  info.idea = "sagas";
  info.summary = "A saga whose state is the fold of its events, kept in an event store.";
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  info.default_nodes = {event_store, read_model};
  kit::offer_supervisor(info);
  return kit::make_family(std::move(info), {{"hardened", &build_correct}}, planted, &commit_costs);
}

}  // namespace indoubt::event_sourcing
