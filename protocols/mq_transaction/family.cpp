#include "protocols/mq_transaction/family.hpp"

#include <algorithm>
#include <utility>

#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/kit/messaging/consumer.hpp"
#include "protocols/kit/messaging/consumer_process.hpp"
#include "protocols/kit/supervisor/options.hpp"
#include "protocols/mq_transaction/as_published.hpp"
#include "protocols/mq_transaction/half_measures.hpp"
#include "protocols/mq_transaction/marker_broker.hpp"
#include "protocols/mq_transaction/mutants.hpp"
#include "protocols/mq_transaction/supervised.hpp"

namespace indoubt::mq_transaction {
namespace {

using InboxConsumer = messaging::Consumer<Context, Destination>;
using ForgetfulConsumer = messaging::ForgetfulConsumer<Context, Destination>;
using ConsumerWithoutInbox = messaging::ConsumerWithoutInbox<Context, Destination>;
using Process = messaging::ConsumerProcess<Context, Destination>;
using ConsumedBeforeForce = messaging::ConsumedBeforeForce<Context, Destination>;

bool is_half_message(const kit::Blueprint& blueprint) {
  return kit::read(option_rows(), blueprint).mode == Options::Mode::half_message;
}

Settings settings_of(const kit::Blueprint& blueprint, sim::NodeId broker) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  settings.producer = blueprint.coordinator();
  settings.broker = broker;
  if (!blueprint.deployment().protocol.is_hardened())
    settings.sharing = messaging::Sharing::competing;
  return settings;
}

/// One destination for everybody, and after that a queue for each service.
messaging::BrokerSettings queues(kit::Blueprint& blueprint, const Settings& settings) {
  messaging::BrokerSettings made{.routes = {},
                                 .services = settings.services,
                                 .confirms = false,
                                 .invisible = settings.retry,
                                 .most_deliveries = settings.max_deliveries};
  made.routes.emplace_back();
  for (const sim::NodeId service : settings.services.all) {
    made.routes.front().consumers.push_back(service);
    made.routes.push_back({.consumers = {service}});
  }
  messaging::put_processes(blueprint, made, settings);
  return made;
}

/// Builds these roles, whatever the options say: so a mutant of a mode brings its mode along. The
/// traits are those of either mode, but for its waits.
template <typename P, typename B, typename C = InboxConsumer>
Settings build_roles(kit::Blueprint& blueprint) {
  const sim::NodeId node = blueprint.node_for(messaging::broker, messaging::broker);
  const auto settings = blueprint.keep(settings_of(blueprint, node));
  P producer;
  producer.settings = settings;
  kit::put_under_supervision(blueprint, producer);
  blueprint.place<Messages, Records>(blueprint.coordinator(), producer);
  B broker;
  broker.settings = settings;
  const auto broker_settings = blueprint.keep(queues(blueprint, *settings));
  broker.queues.settings = broker_settings;
  blueprint.place<Messages, Records>(node, broker);
  C consumer;
  kit::put_retention(blueprint, consumer, settings->inbox_retention);
  blueprint.place_services<Messages, Records>(consumer);
  messaging::place_processes<Messages, Records>(blueprint, node, broker_settings->groups,
                                                Process{});
  blueprint.traits = {.votes = false,
                      .decides = true,
                      .publishes = true,
                      .knows_poison = true,
                      .vote_timeout = {},
                      .longest_wait = {},
                      .sweep = {},
                      .replicas = {{.nodes = {node}, .tolerated = 0}}};
  messaging::need_processes(blueprint.traits, broker_settings->groups);
  return *settings;
}

template <typename P = Producer, typename B = TransactionBroker, typename C = InboxConsumer>
void build_broker(kit::Blueprint& blueprint) {
  const Settings settings = build_roles<P, B, C>(blueprint);
  blueprint.traits.longest_wait =
      std::max({settings.transaction_timeout, settings.retry.limit(), settings.flush_after});
  blueprint.traits.vote_timeout = settings.transaction_timeout;
}

template <typename P = HalfMessageProducer, typename B = HalfMessageBroker,
          typename C = InboxConsumer>
void build_half(kit::Blueprint& blueprint) {
  const Settings settings = build_roles<P, B, C>(blueprint);
  blueprint.traits.longest_wait = std::max(
      {settings.transaction, settings.check_after, settings.check_every, settings.retry.limit()});
  // A half message that is checked while its local transaction is open is rolled back.
  blueprint.traits.vote_timeout = settings.check_after;
  blueprint.traits.work = settings.transaction;
}

template <typename P, typename B, typename C>
void build_prompt_or_lazy(kit::Blueprint& blueprint) {
  const Options options = kit::read(option_rows(), blueprint);
  options.flush_after == sim::Duration{} ? build_broker<P, B, C>(blueprint)
                                         : build_broker<P, Lazy<B>, C>(blueprint);
}

/// With the broker that the options say.
template <typename P, typename C>
void build_transactions(kit::Blueprint& blueprint) {
  using enum Options::CommitRecord;
  switch (kit::read(option_rows(), blueprint).commit_record) {
    case one: return build_prompt_or_lazy<P, TransactionBroker, C>(blueprint);
    case per_message: return build_prompt_or_lazy<P, PerMessageBroker, C>(blueprint);
    case marker: return build_prompt_or_lazy<P, MarkerBroker, C>(blueprint);
  }
}

/// In either mode, with the broker that is right.
template <typename C>
void build_mode(kit::Blueprint& blueprint) {
  is_half_message(blueprint) ? build_half<HalfMessageProducer, HalfMessageBroker, C>(blueprint)
                             : build_broker<Producer, TransactionBroker, C>(blueprint);
}

template <typename C>
void build_unsupervised(kit::Blueprint& blueprint) {
  is_half_message(blueprint) ? build_half<HalfMessageProducer, HalfMessageBroker, C>(blueprint)
                             : build_transactions<Producer, C>(blueprint);
}

/// Compares what the producer has placed with what the services have.
void supervise(kit::Blueprint& blueprint) {
  kit::add_supervisor<Messages, Records>(blueprint, blueprint.coordinator());
}

template <typename C>
void build_supervised(kit::Blueprint& blueprint) {
  is_half_message(blueprint)
      ? build_half<Supervised<HalfMessageProducer>, HalfMessageBroker, C>(blueprint)
      : build_transactions<Supervised<Producer>, C>(blueprint);
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

void build_as_published(kit::Blueprint& blueprint) {
  using as_published::Producer;
  if (!kit::is_supervised(blueprint)) return build_broker<Producer>(blueprint);
  build_broker<Supervised<Producer>, TransactionBroker, SupervisedConsumer>(blueprint);
  supervise(blueprint);
}

/// Every message is delivered and acknowledged; one of several processes of a service has it
/// handled by the database. Before that a transaction is begun, filled, committed, each of which
/// but the filling is answered; a half message is stored, confirmed, ended.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  kit::Costs costs{.messages = 3 * n + 4, .forced_writes = n + 3, .formula = "(4 + n) + 2n"};
  const Options options = kit::read(option_rows(), blueprint);
  const bool flushes_once = options.flush_after != sim::Duration{};
  const bool forces_each = options.commit_record == Options::CommitRecord::per_message;
  if (forces_each && !flushes_once) costs.forced_writes += n;
  if (is_half_message(blueprint)) {
    costs = {.messages = 2 * n + 3, .forced_writes = n + 3, .formula = "3 + 2n"};
  }
  if (options.consumers > 1) costs = messaging::with_processes(costs, n);
  return kit::is_supervised(blueprint) ? kit::with_comparison(costs, blueprint) : costs;
}

const kit::Mutant planted[] = {
    {{"M-H01", "send_outside_tx", "no-ghost",
      "Sends its messages without the transaction's id, so each is visible at once, and a crash "
      "between two of them leaves one of an order that is not placed (published sample)."},
     &build_broker<mutants::SendsOutside>,
     {{"mode", "broker"}}},
    {{"M-H05", "check_reads_not_fences", "no-loss",
      "Answers a check with a rollback because there is no row yet, while the local transaction "
      "still runs and then commits (rocketmq#2694, #8158; dtm QueryPrepared inserts the row)."},
     &build_half<mutants::CheckReadsOnly>,
     {{"mode", "half-message"}}},
    {{"X-MQ-01", "database_first", "no-loss",
      "Commits the order and then sends its messages, from memory: what a crash finds between the "
      "two is never sent."},
     &build_broker<mutants::DatabaseFirst>,
     {{"mode", "broker"}}},
    {{"X-MQ-02", "no_pending_order", "no-ghost",
      "Writes nothing down before the broker's commit, so a crash right after it leaves messages "
      "of an order that nobody knows."},
     &build_broker<mutants::NoPendingOrder>,
     {{"mode", "broker"}}},
    {{"X-MQ-03", "commits_what_it_has", "no-loss",
      "The broker commits those messages of the transaction that have arrived by then."},
     &build_broker<Producer, mutants::CommitsWhatItHas>,
     {{"mode", "broker"}}},
    {{"X-MQ-04", "half_is_visible", "no-ghost",
      "The broker delivers a half message before it hears of a commit."},
     &build_half<HalfMessageProducer, mutants::HalfIsVisible>,
     {{"mode", "half-message"}}},
    {{"X-MQ-05", "no_check_back", "no-loss",
      "The broker never asks, so an end that is lost is a message that is lost."},
     &build_half<HalfMessageProducer, mutants::NoCheckBack>,
     {{"mode", "half-message"}}},
    {{"X-MQ-06", "checks_memory", "no-loss",
      "Answers a check from memory, which a restart has emptied, and takes back what is "
      "committed."},
     &build_half<mutants::ChecksMemory>,
     {{"mode", "half-message"}}},
    {{"X-MQ-07", "runs_without_half", "no-loss",
      "Runs the local transaction without knowing that the broker has the half message: there is "
      "nothing to end, and nothing to check."},
     &build_half<mutants::RunsWithoutHalf>,
     {{"mode", "half-message"}}},
    {{"X-MQ-08", "no_inbox", "exactly-once",
      "Takes every delivery for the first one: at-least-once taken for exactly-once."},
     &build_mode<ConsumerWithoutInbox>},
    {{"X-MQ-09", "consumed_before_force", "no-loss",
      "Acknowledges a message before its effect is durable, so a crash loses both."},
     &build_mode<ConsumedBeforeForce>},
    {kit::sells_from_stale_stock("X-MQ-10"),
     &build_mode<kit::ReadsStaleStock<InboxConsumer, Deliver, Context>>},
    {kit::keeps_the_last("X-MQ-11"),
     &build_mode<kit::KeepsTheLast<InboxConsumer, Deliver, Context>>},
    {{"X-MQ-12", "read_uncommitted", "no-ghost",
      "Consumers read what is on the log and do not look at markers, as Kafka's do unless "
      "isolation.level is set to read_committed."},
     &build_broker<Producer, mutants::ReadsUncommitted>,
     {{"mode", "broker"}, {"commit_record", "marker"}}},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "mq-transaction";
  info.idea = "messages";
  info.summary =
      "Messages that a broker shows all at once or never: in a transaction of its own, or as a "
      "half "
      "message that it checks back.";
  info.variants = {"hardened", "as-published"};
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  info.default_nodes = {messaging::broker};
  messaging::offer_processes(info);
  kit::offer_supervisor(info);
  return kit::make_family(std::move(info),
                          {{"hardened", &build_correct}, {"as-published", &build_as_published}},
                          planted, &commit_costs);
}

}  // namespace indoubt::mq_transaction
