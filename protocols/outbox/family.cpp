#include "protocols/outbox/family.hpp"

#include <algorithm>

#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/kit/messaging/lazy_broker.hpp"
#include "protocols/kit/supervisor/options.hpp"
#include "protocols/outbox/as_published.hpp"
#include "protocols/outbox/mutants.hpp"
#include "protocols/outbox/supervised.hpp"

namespace indoubt::outbox {
namespace {

using InboxConsumer = messaging::Consumer<Context, Queue>;
using ForgetfulConsumer = messaging::ForgetfulConsumer<Context, Queue>;

Settings settings_of(const kit::Blueprint& blueprint, sim::NodeId broker) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  settings.broker = broker;
  return settings;
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

/// Builds these roles, whatever the options say: so a mutant of a relay brings its relay along.
template <typename O, typename P = InboxConsumer>
void build_confirming(kit::Blueprint& blueprint, bool confirms) {
  const sim::NodeId broker = blueprint.node_for(messaging::broker, messaging::broker);
  const auto settings = blueprint.keep(settings_of(blueprint, broker));
  O order_service;
  order_service.settings = settings;
  kit::put_under_supervision(blueprint, order_service);
  blueprint.place<Messages, Records>(blueprint.coordinator(), order_service);
  messaging::BrokerSettings broker_settings = queues(*settings);
  broker_settings.confirms = confirms;
  messaging::place_broker<Messages, Records, Queue>(blueprint, broker, std::move(broker_settings));
  P consumer;
  kit::put_retention(blueprint, consumer, settings->inbox_retention);
  blueprint.place_services<Messages, Records>(consumer);
  const sim::Duration longest =
      std::max({settings->transaction, settings->poll, settings->gap_timeout,
                settings->retry.limit(), settings->flush_after});
  blueprint.traits = {.votes = false,
                      .decides = true,
                      .publishes = true,
                      .vote_timeout = {},
                      .longest_wait = longest,
                      .sweep = {},
                      .replicas = {{.nodes = {broker}, .tolerated = 0}}};
}

template <typename O = PollingRelay, typename P = InboxConsumer>
void build(kit::Blueprint& blueprint) {
  build_confirming<O, P>(blueprint, true);
}

/// Compares what the order service has placed with what the services have. It stands in for the
/// broker where that is lost.
void supervise(kit::Blueprint& blueprint) {
  kit::add_supervisor<Messages, Records>(blueprint, blueprint.coordinator());
  kit::let_supervisors_stand_in(blueprint, blueprint.traits.replicas.front());
}

/// The sample does not ask the broker for confirmations.
void build_as_published(kit::Blueprint& blueprint) {
  using as_published::OrderService;
  if (!kit::is_supervised(blueprint)) {
    return build_confirming<OrderService, as_published::Consumer>(blueprint, false);
  }
  build_confirming<Supervised<OrderService>, as_published::SupervisedConsumer>(blueprint, false);
  supervise(blueprint);
}

bool is_tailing(const kit::Blueprint& blueprint) {
  return kit::read(option_rows(), blueprint).relay == Options::Relay::log_tailing;
}
bool goes_by_id(const kit::Blueprint& blueprint) {
  const Options options = kit::read(option_rows(), blueprint);
  return options.relay == Options::Relay::polling && options.gap_timeout != sim::Duration{};
}

/// With either relay that knows the order of commits.
template <typename P>
void build_relaying(kit::Blueprint& blueprint) {
  is_tailing(blueprint) ? build<LogTailingRelay, P>(blueprint) : build<PollingRelay, P>(blueprint);
}

template <typename P>
void build_unsupervised(kit::Blueprint& blueprint) {
  goes_by_id(blueprint) ? build<GapWaitingRelay, P>(blueprint) : build_relaying<P>(blueprint);
}

template <typename P>
void build_supervised(kit::Blueprint& blueprint) {
  if (goes_by_id(blueprint)) {
    build<Supervised<GapWaitingRelay>, P>(blueprint);
  } else {
    is_tailing(blueprint) ? build<Supervised<LogTailingRelay>, P>(blueprint)
                          : build<Supervised<PollingRelay>, P>(blueprint);
  }
  supervise(blueprint);
}

/// What the options say, without mistakes.
void build_correct(kit::Blueprint& blueprint) {
  const Options options = kit::read(option_rows(), blueprint);
  const bool forgets = options.inbox_retention != sim::Duration{};
  if (kit::is_supervised(blueprint)) {
    forgets ? build_supervised<SupervisedForgetfulConsumer>(blueprint)
            : build_supervised<SupervisedConsumer>(blueprint);
  } else {
    forgets ? build_unsupervised<ForgetfulConsumer>(blueprint)
            : build_unsupervised<InboxConsumer>(blueprint);
  }
}

/// Each message is published, confirmed, delivered and acknowledged.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  kit::Costs costs{.messages = 4 * n, .forced_writes = 2 * n + 1, .formula = "4n"};
  const bool flushes_once = kit::read(option_rows(), blueprint).flush_after != sim::Duration{};
  if (flushes_once) costs.forced_writes = n + 2;
  return kit::is_supervised(blueprint) ? kit::with_comparison(costs, blueprint) : costs;
}

const kit::Mutant planted[] = {
    {{"M-G03", "dual_write_commit_first", "no-loss",
      "Commits the order and publishes afterwards, from memory: what a crash finds between the two "
      "is never published, as in the published sample, which writes its outbox on a connection of "
      "its own."},
     &build<mutants::DualWrite>,
     {"relay", "polling"}},
    {{"M-G04", "delete_before_confirm", "no-loss",
      "Forgets a row as soon as it is sent, so the broker's crash loses it; the published sample "
      "does not ask for confirmations (runmq/queue#28)."},
     &build<mutants::DeleteBeforeConfirm>,
     {"relay", "polling"}},
    {{"M-G08", "sequence_gap_skip", "no-loss",
      "Asks for ids greater than the last one seen, and misses rows of transactions that began "
      "earlier and commit later (Eventuous#222, prooph#189, NEventStore#425)."},
     &build<mutants::SequenceGapSkip>,
     {"relay", "polling"}},
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
     {"relay", "polling"}},
    {{"X-OUTBOX-04", "position_before_confirm", "no-loss",
      "Stores the position of what it has read, not of what the broker has confirmed "
      "(risingwave#25071)."},
     &build<mutants::PositionBeforeConfirm>,
     {"relay", "log-tailing"}},
    {{"X-OUTBOX-05", "reads_ahead", "per-key-order",
      "Publishes the next row of a service before the one before is confirmed, so that they "
      "overtake each other, in retries at the latest."},
     &build<mutants::ReadsAhead>,
     {"relay", "log-tailing"}},
    {kit::sells_from_stale_stock("X-OUTBOX-06"),
     &build_relaying<kit::ReadsStaleStock<InboxConsumer, Deliver, Context>>},
    {kit::keeps_the_last("X-OUTBOX-07"),
     &build_relaying<kit::KeepsTheLast<InboxConsumer, Deliver, Context>>},
    {{"X-OUTBOX-08", "copy_is_refused", "stability",
      "Takes the order's own row, which a copy of the request finds, for a failure, and says that "
      "the order is not placed."},
     &build<mutants::RefusesCopies>,
     {"relay", "polling"}},
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
  kit::offer_supervisor(info);
  return kit::make_family(std::move(info),
                          {{"hardened", &build_correct}, {"as-published", &build_as_published}},
                          planted, &commit_costs);
}

}  // namespace indoubt::outbox
