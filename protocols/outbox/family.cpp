#include "protocols/outbox/family.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <type_traits>

#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/kit/messaging/consumer_process.hpp"
#include "protocols/kit/messaging/lazy_broker.hpp"
#include "protocols/kit/supervisor/options.hpp"
#include "protocols/outbox/as_published.hpp"
#include "protocols/outbox/mutants.hpp"
#include "protocols/outbox/relays/claims.hpp"
#include "protocols/outbox/relays/fenced_broker.hpp"
#include "protocols/outbox/relays/relay.hpp"
#include "protocols/outbox/relays/row_table.hpp"
#include "protocols/outbox/supervised.hpp"

namespace indoubt::outbox {
namespace {

using InboxConsumer = messaging::Consumer<Context, Queue>;
using ForgetfulConsumer = messaging::ForgetfulConsumer<Context, Queue>;

using Process = messaging::ConsumerProcess<Context, Queue>;

Options options_of(const kit::Blueprint& blueprint) { return kit::read(option_rows(), blueprint); }

/// Adds the broker's node, if there is none yet. The published sample says nothing of the order in
/// which several consumers take messages.
Settings settings_of(kit::Blueprint& blueprint) {
  Settings settings{options_of(blueprint)};
  settings.services = blueprint.services();
  settings.broker = blueprint.node_for(messaging::broker, messaging::broker);
  settings.table = blueprint.coordinator();
  if (!blueprint.deployment().protocol.is_hardened())
    settings.sharing = messaging::Sharing::competing;
  return settings;
}

/// As many as there may be.
constexpr std::array<std::string_view, most_relays> relay_names{relay_role, "relay-2", "relay-3"};

/// At least two: a mistake of several relays is one of two if nothing is said of their number.
std::vector<sim::NodeId> relay_nodes(kit::Blueprint& blueprint) {
  const auto count =
      static_cast<std::ptrdiff_t>(std::max<std::uint64_t>(options_of(blueprint).relays, 2));
  const std::vector<std::string> used{relay_names.begin(), relay_names.begin() + count};
  return blueprint.nodes_for(relay_role, used);
}

/// A queue for each service.
messaging::BrokerSettings queues(const Settings& settings) {
  messaging::BrokerSettings made{.routes = {},
                                 .invisible = settings.retry,
                                 .most_deliveries = settings.max_deliveries,
                                 .flush_after = settings.flush_after};
  for (const sim::NodeId service : settings.services.all) {
    made.routes.push_back({.consumers = {service}});
  }
  return made;
}

kit::FamilyTraits traits(const Settings& settings) {
  const sim::Duration longest = std::max({settings.transaction, settings.poll, settings.gap_timeout,
                                          settings.retry.limit(), settings.flush_after});
  return {.votes = false,
          .decides = true,
          .publishes = true,
          .knows_poison = true,
          .vote_timeout = {},
          .longest_wait = longest,
          .sweep = {},
          .replicas = {{.nodes = {settings.broker}, .tolerated = 0}}};
}

/// Places these roles, whatever the options say: so a mutant of a relay brings its relay along.
template <typename O, typename P, template <typename> typename As = std::type_identity_t,
          typename C = Process>
void place(kit::Blueprint& blueprint, sim::Constant<Settings> settings, bool confirms) {
  O order_service;
  order_service.settings = settings;
  kit::put_under_supervision(blueprint, order_service);
  blueprint.place<Messages, Records>(blueprint.coordinator(), order_service);
  messaging::BrokerSettings broker_settings = queues(*settings);
  broker_settings.confirms = confirms;
  messaging::put_processes(blueprint, broker_settings, *settings);
  const std::vector<messaging::ConsumerGroup> groups = broker_settings.groups;
  messaging::place_broker<Messages, Records, Queue, messaging::MessageStored, As>(
      blueprint, settings->broker, std::move(broker_settings));
  P consumer;
  kit::put_retention(blueprint, consumer, settings->inbox_retention);
  blueprint.place_services<Messages, Records>(consumer);
  messaging::place_processes<Messages, Records>(blueprint, settings->broker, groups, C{});
  blueprint.traits = traits(*settings);
  messaging::need_processes(blueprint.traits, groups);
}

template <typename O, typename P = InboxConsumer>
void build_confirming(kit::Blueprint& blueprint, bool confirms) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  place<O, P>(blueprint, settings, confirms);
}

template <typename O = PollingRelay, typename P = InboxConsumer>
void build(kit::Blueprint& blueprint) {
  build_confirming<O, P>(blueprint, true);
}

/// At least two processes of each service: a mistake of several is one of two if nothing is said of
/// their number.
template <typename C, typename P>
void build_processes(kit::Blueprint& blueprint) {
  Settings made = settings_of(blueprint);
  made.consumers = std::max<std::uint64_t>(made.consumers, 2);
  place<PollingRelay, P, std::type_identity_t, C>(blueprint, blueprint.keep(made), true);
}

/// What several relays are made of: the table that they share, one of them, and what their broker
/// has besides.
template <typename T, typename R, template <typename> typename B = std::type_identity_t>
struct Shared {
  using Table = T;
  using Relay = R;
  template <typename Base>
  using Broker = B<Base>;
};
using Leased = Shared<RowTable<QueueLeases>, LeasedRelay, Fenced>;
using Locked = Shared<RowTable<RowLocks>, Relay>;
using Unclaimed = Shared<RowTable<NoClaim>, Relay>;
using Published = Shared<as_published::SharedOutbox, as_published::Relay>;

/// The same, with the table under a supervisor if `As` says so.
template <template <typename> typename As, typename S>
using Made = Shared<As<typename S::Table>, typename S::Relay, S::template Broker>;

template <typename S, typename P = InboxConsumer>
void build_shared(kit::Blueprint& blueprint, bool confirms) {
  Settings made = settings_of(blueprint);
  made.relay_nodes = relay_nodes(blueprint);
  const auto settings = blueprint.keep(std::move(made));
  place<typename S::Table, P, S::template Broker>(blueprint, settings, confirms);
  typename S::Relay one;
  one.settings = settings;
  for (const sim::NodeId node : settings->relay_nodes) {
    blueprint.place<Messages, Records>(node, one);
  }
  kit::FamilyTraits& traits = blueprint.traits;
  traits.longest_wait = std::max(traits.longest_wait, settings->relay_lease);
  traits.replicas.push_back(
      {.nodes = settings->relay_nodes,
       .tolerated = static_cast<std::uint32_t>(settings->relay_nodes.size() - 1)});
}
template <typename S, typename P = InboxConsumer>
void build_several(kit::Blueprint& blueprint) {
  build_shared<S, P>(blueprint, true);
}

/// Compares what the order service has placed with what the services have. It stands in for the
/// broker where that is lost.
void supervise(kit::Blueprint& blueprint) {
  kit::add_supervisor<Messages, Records>(blueprint, blueprint.coordinator());
  kit::let_supervisors_stand_in(blueprint, blueprint.traits.replicas.front());
}

bool is_tailing(const kit::Blueprint& blueprint) {
  return options_of(blueprint).relay == Options::Relay::log_tailing;
}
bool has_several_relays(const kit::Blueprint& blueprint) {
  return options_of(blueprint).relays > 1;
}

/// The sample does not ask the broker for confirmations.
void build_as_published(kit::Blueprint& blueprint) {
  using as_published::OrderService;
  using as_published::SupervisedConsumer;
  const bool is_supervised = kit::is_supervised(blueprint);
  if (has_several_relays(blueprint)) {
    is_supervised ? build_shared<Made<Supervised, Published>, SupervisedConsumer>(blueprint, false)
                  : build_shared<Published, as_published::Consumer>(blueprint, false);
  } else {
    is_supervised ? build_confirming<Supervised<OrderService>, SupervisedConsumer>(blueprint, false)
                  : build_confirming<OrderService, as_published::Consumer>(blueprint, false);
  }
  if (is_supervised) supervise(blueprint);
}

/// `As` says what becomes of the order service: the same, or under a supervisor.
template <template <typename> typename As, typename P>
void build_relaying_as(kit::Blueprint& blueprint) {
  const Options options = options_of(blueprint);
  if (is_tailing(blueprint)) return build<As<LogTailingRelay>, P>(blueprint);
  if (options.relays == 1) return build<As<PollingRelay>, P>(blueprint);
  switch (options.claim) {
    case Options::Claim::lease: return build_several<Made<As, Leased>, P>(blueprint);
    case Options::Claim::skip_locked: return build_several<Made<As, Locked>, P>(blueprint);
    case Options::Claim::none: return build_several<Made<As, Unclaimed>, P>(blueprint);
  }
}

template <typename P = InboxConsumer>
void build_relaying(kit::Blueprint& blueprint) {
  build_relaying_as<std::type_identity_t, P>(blueprint);
}

bool goes_by_id(const kit::Blueprint& blueprint) {
  const Options options = options_of(blueprint);
  return options.relay == Options::Relay::polling && options.relays == 1 &&
         options.gap_timeout != sim::Duration{};
}

/// With the half measures that planted mistakes are built without.
template <template <typename> typename As, typename P>
void build_as(kit::Blueprint& blueprint) {
  goes_by_id(blueprint) ? build<As<GapWaitingRelay>, P>(blueprint)
                        : build_relaying_as<As, P>(blueprint);
}

/// What the options say, without mistakes.
void build_correct(kit::Blueprint& blueprint) {
  const bool forgets = options_of(blueprint).inbox_retention != sim::Duration{};
  if (kit::is_supervised(blueprint)) {
    forgets ? build_as<Supervised, SupervisedForgetfulConsumer>(blueprint)
            : build_as<Supervised, SupervisedConsumer>(blueprint);
    supervise(blueprint);
  } else {
    forgets ? build_as<std::type_identity_t, ForgetfulConsumer>(blueprint)
            : build_as<std::type_identity_t, InboxConsumer>(blueprint);
  }
}

/// One for each copy of a message: what the broker forces, and delivers.
std::uint64_t copies_at_broker(const Options& options, std::uint64_t n) {
  const bool is_copied = options.relay == Options::Relay::polling && options.relays > 1 &&
                         options.claim == Options::Claim::none;
  return is_copied ? options.relays * n : n;
}

/// Every relay is woken and asks for the row. Each one that gets it is handed it and marks it; if
/// nothing keeps them apart, these are all, and the broker has as many copies.
kit::Costs costs_of_several(const Options& options, std::uint64_t n) {
  const bool is_claimed = options.claim != Options::Claim::none;
  const std::uint64_t copies = is_claimed ? 1 : options.relays;
  const std::uint64_t leases = options.claim == Options::Claim::lease ? n : 0;
  const std::uint64_t each = 2 * options.relays + 6 * copies;
  return {.messages = each * n,
          .forced_writes = 1 + leases + copies * n + n,
          .formula = std::to_string(each) + "n"};
}

/// Each message is published, confirmed, delivered and acknowledged.
kit::Costs costs_of_messages(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  const Options options = options_of(blueprint);
  const bool is_shared = has_several_relays(blueprint) && !is_tailing(blueprint);
  kit::Costs costs = is_shared ? costs_of_several(options, n) : kit::Costs{4 * n, 2 * n + 1, "4n"};
  const bool flushes_once = options.flush_after != sim::Duration{};
  if (flushes_once) costs.forced_writes -= copies_at_broker(options, n) - 1;
  if (options.consumers > 1) costs = messaging::with_processes(costs, copies_at_broker(options, n));
  return costs;
}

kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const kit::Costs costs = costs_of_messages(blueprint);
  return kit::is_supervised(blueprint) ? kit::with_comparison(costs, blueprint) : costs;
}

const kit::Mutant planted[] = {
    {{"M-G03", "dual_write_commit_first", "no-loss",
      "Commits the order and publishes afterwards, from memory: what a crash finds between the two "
      "is never published, as in the published sample, which writes its outbox on a connection of "
      "its own."},
     &build<mutants::DualWrite>,
     {{"relay", "polling"}, {"relays", "1"}}},
    {{"M-G04", "delete_before_confirm", "no-loss",
      "Forgets a row as soon as it is sent, so the broker's crash loses it; the published sample "
      "does not ask for confirmations (runmq/queue#28)."},
     &build<mutants::DeleteBeforeConfirm>,
     {{"relay", "polling"}, {"relays", "1"}}},
    {{"M-G08", "sequence_gap_skip", "no-loss",
      "Asks for ids greater than the last one seen, and misses rows of transactions that began "
      "earlier and commit later (Eventuous#222, prooph#189, NEventStore#425)."},
     &build<mutants::SequenceGapSkip>,
     {{"relay", "polling"}, {"relays", "1"}}},
    {{"M-G11", "dedup_outside_tx", "no-loss",
      "Commits the inbox before the effect: a crash in between makes the redelivery look like a "
      "repetition (NServiceBus PR#5556, PR#5557)."},
     &build_relaying<mutants::DedupOutsideTransaction>},
    {{"X-OUTBOX-01", "no_inbox", "exactly-once",
      "Takes every delivery for the first one: at-least-once taken for exactly-once."},
     &build_relaying<as_published::Consumer>},
    {{"X-OUTBOX-02", "consumed_before_force", "no-loss",
      "Acknowledges a message before its effect is durable, so a crash loses both."},
     &build_relaying<mutants::ConsumedBeforeForce>},
    {{"X-OUTBOX-03", "publish_before_commit", "no-ghost",
      "Publishes within the transaction, before it commits: a crash in between leaves a message of "
      "an order that does not exist."},
     &build<mutants::PublishesBeforeCommit>,
     {{"relay", "polling"}, {"relays", "1"}}},
    {{"X-OUTBOX-04", "position_before_confirm", "no-loss",
      "Stores the position of what it has read, not of what the broker has confirmed "
      "(risingwave#25071)."},
     &build<mutants::PositionBeforeConfirm>,
     {{"relay", "log-tailing"}}},
    {{"X-OUTBOX-05", "reads_ahead", "per-key-order",
      "Publishes the next row of a service before the one before is confirmed, so that they "
      "overtake each other, in retries at the latest."},
     &build<mutants::ReadsAhead>,
     {{"relay", "log-tailing"}}},
    {kit::sells_from_stale_stock("X-OUTBOX-06"),
     &build_relaying<kit::ReadsStaleStock<InboxConsumer, Deliver, Context>>},
    {kit::keeps_the_last("X-OUTBOX-07"),
     &build_relaying<kit::KeepsTheLast<InboxConsumer, Deliver, Context>>},
    {{"X-OUTBOX-08", "copy_is_refused", "stability",
      "Takes the order's own row, which a copy of the request finds, for a failure, and says that "
      "the order is not placed."},
     &build<mutants::RefusesCopies>,
     {{"relay", "polling"}, {"relays", "1"}}},
    {{"X-OUTBOX-09", "mark_covers_others", "no-loss",
      "Keeps how far it has come as the highest row that is published, while several relays "
      "publish rows in any order: what another relay still has is taken for published.",
      false, "relays"},
     &build_several<mutants::MarkCoversOthers>,
     {{"relay", "polling"}, {"claim", "skip-locked"}}},
    {{"X-OUTBOX-10", "claimed_for_good", "no-loss",
      "A row that is claimed is nobody else's business for ever, so one whose relay crashes is "
      "never published (as M-G01 in a table of messages; dotnetcore/CAP#82).",
      false, "relays"},
     &build_several<mutants::ClaimedForGood>,
     {{"relay", "polling"}, {"claim", "skip-locked"}}},
    {{"X-OUTBOX-11", "claim_deletes", "no-loss",
      "Deletes a row in the transaction that claims it, which commits before the row is published.",
      false, "relays"},
     &build_several<mutants::ClaimDeletes>,
     {{"relay", "polling"}, {"claim", "skip-locked"}}},
    {{"X-OUTBOX-12", "lease_for_inbox", "exactly-once",
      "Has a lease, so that one relay at a time publishes, and therefore neither an inbox nor a "
      "fence at the broker: a relay that was paused until its lease was over publishes its row "
      "once more.",
      false, "relays"},
     &build_several<mutants::LeaseForInbox, as_published::Consumer>,
     {{"relay", "polling"}, {"claim", "lease"}}},
    {{"X-OUTBOX-13", "inbox_of_each_process", "exactly-once",
      "Each process of a service has an inbox of its own, and their database has none: what one of "
      "them was slow to acknowledge is new to the next one.",
      false, "consumers"},
     &build_processes<mutants::InboxOfItsOwn, as_published::Consumer>,
     {{"relay", "polling"}, {"relays", "1"}}},
    {{"X-OUTBOX-14", "looks_then_applies", "exactly-once",
      "Looks into the inbox in one transaction and applies in the next one, which does not look: "
      "two processes that have the same message both find nothing.",
      false, "consumers"},
     &build_processes<mutants::LooksFirst, mutants::LookedAtFirst>,
     {{"relay", "polling"}, {"relays", "1"}}},
    {{"X-OUTBOX-15", "consumed_when_received", "no-loss",
      "A process acknowledges a message when it has it, and before the database does (automatic "
      "acknowledgement): its crash in between loses the message.",
      false, "consumers"},
     &build_processes<mutants::ConsumedWhenReceived, InboxConsumer>,
     {{"relay", "polling"}, {"relays", "1"}}},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "outbox";
  info.idea = "messages";
  info.summary =
      "A local transaction with the messages that tell of it; they are relayed at least once.";
  info.variants = {"hardened", "as-published"};
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  info.default_nodes = {messaging::broker};
  info.default_nodes.insert(info.default_nodes.end(), relay_names.begin(), relay_names.end());
  messaging::offer_processes(info);
  kit::offer_supervisor(info);
  return kit::make_family(std::move(info),
                          {{"hardened", &build_correct}, {"as-published", &build_as_published}},
                          planted, &commit_costs);
}

}  // namespace indoubt::outbox
