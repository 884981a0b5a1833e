#include "protocols/listen_to_yourself/family.hpp"

#include <algorithm>
#include <utility>

#include "protocols/kit/job/careless_stores.hpp"
#include "protocols/kit/messaging/consumer.hpp"
#include "protocols/kit/messaging/consumer_process.hpp"
#include "protocols/kit/messaging/lazy_broker.hpp"
#include "protocols/kit/supervisor/options.hpp"
#include "protocols/listen_to_yourself/mutants.hpp"
#include "protocols/listen_to_yourself/supervised.hpp"

namespace indoubt::listen_to_yourself {
namespace {

using messaging::Dispatch;
using InboxConsumer = messaging::Consumer<Context, Event>;
using ForgetfulConsumer = messaging::ForgetfulConsumer<Context, Event>;
using ConsumerWithoutInbox = messaging::ConsumerWithoutInbox<Context, Event>;
using Process = messaging::ConsumerProcess<Context, Event>;
using ConsumedBeforeForce = messaging::ConsumedBeforeForce<Context, Event>;

Settings settings_of(const kit::Blueprint& blueprint, sim::NodeId broker) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.broker = broker;
  return settings;
}

/// One topic, which everybody follows, its publisher as well.
messaging::BrokerSettings topic(kit::Blueprint& blueprint, const Settings& settings,
                                Dispatch dispatch) {
  messaging::Route route{.consumers = {blueprint.coordinator()}};
  for (const sim::NodeId service : blueprint.services().all) route.consumers.push_back(service);
  messaging::BrokerSettings made{.routes = {std::move(route)},
                                 .services = blueprint.services(),
                                 .dispatch = dispatch,
                                 .invisible = settings.retry,
                                 .most_deliveries = settings.max_deliveries,
                                 .flush_after = settings.flush_after};
  messaging::put_processes(blueprint, made, settings);
  return made;
}

template <typename O = OrderService, typename C = InboxConsumer,
          Dispatch dispatch = Dispatch::in_order>
void build(kit::Blueprint& blueprint) {
  const sim::NodeId broker = blueprint.node_for(messaging::broker, messaging::broker);
  const auto settings = blueprint.keep(settings_of(blueprint, broker));
  O order_service;
  order_service.settings = settings;
  kit::put_under_supervision(blueprint, order_service);
  blueprint.place<Messages, Records>(blueprint.coordinator(), order_service);
  messaging::BrokerSettings broker_settings = topic(blueprint, *settings, dispatch);
  const std::vector<messaging::ConsumerGroup> groups = broker_settings.groups;
  messaging::place_broker<Messages, Records, Event, EventStored>(blueprint, broker,
                                                                 std::move(broker_settings));
  C consumer;
  kit::put_retention(blueprint, consumer, settings->inbox_retention);
  blueprint.place_services<Messages, Records>(consumer);
  messaging::place_processes<Messages, Records>(blueprint, broker, groups, Process{});
  blueprint.traits = {.votes = false,
                      .decides = true,
                      .publishes = true,
                      .knows_poison = true,
                      .listeners = {blueprint.coordinator()},
                      .several_decide = true,  // the broker that has the event, and who answers
                      .vote_timeout = {},
                      .longest_wait = std::max(settings->retry.limit(), settings->flush_after),
                      .sweep = {},
                      .replicas = {{.nodes = {broker}, .tolerated = 0}}};
  messaging::need_processes(blueprint.traits, groups);
}

/// What the options say, without mistakes.
void build_correct(kit::Blueprint& blueprint) {
  const Options options = kit::read(option_rows(), blueprint);
  const bool forgets = options.inbox_retention != sim::Duration{};
  if (!kit::is_supervised(blueprint)) {
    return forgets ? build<OrderService, ForgetfulConsumer>(blueprint) : build<>(blueprint);
  }
  forgets ? build<SupervisedOrderService, SupervisedForgetfulConsumer>(blueprint)
          : build<SupervisedOrderService, SupervisedConsumer>(blueprint);
  kit::add_supervisor<Messages, Records>(blueprint, blueprint.coordinator());
}

/// The event is published and confirmed, and delivered to each service and to its publisher, who
/// acknowledge it. One of several processes of a service has it handled by the database.
kit::Costs commit_costs(const kit::Blueprint& blueprint) {
  const std::uint64_t n = blueprint.services().all.count;
  kit::Costs costs{.messages = 2 * n + 4, .forced_writes = n + 2, .formula = "2 + 2(n + 1)"};
  if (kit::read(option_rows(), blueprint).consumers > 1)
    costs = messaging::with_processes(costs, n);
  return kit::is_supervised(blueprint) ? kit::with_comparison(costs, blueprint) : costs;
}

const kit::Mutant planted[] = {
    {{"X-LTY-01", "answers_before_published", "no-loss",
      "Tells the client that the order is placed when the event has left: a crash forgets what the "
      "broker does not have yet."},
     &build<mutants::AnswersTooEarly>},
    {{"X-LTY-02", "dual_write", "no-loss",
      "Writes its own database first and publishes then: a crash in between leaves an order of "
      "which nobody else hears."},
     &build<mutants::DualWrite>},
    {{"X-LTY-03", "publishes_once", "no-loss",
      "Publishes once, waits for no confirmation, and calls it placed: a message that is lost is "
      "an order that is lost."},
     &build<mutants::PublishesOnce>},
    {{"X-LTY-04", "no_inbox", "exactly-once",
      "Takes every delivery for the first one: at-least-once taken for exactly-once."},
     &build<OrderService, ConsumerWithoutInbox>},
    {{"X-LTY-05", "consumed_before_force", "no-loss",
      "Acknowledges an event before its effect is durable, so a crash loses both."},
     &build<OrderService, ConsumedBeforeForce>},
    {{"X-LTY-06", "competing_deliveries", "per-key-order",
      "Delivers everything at once, so that events of one service overtake each other."},
     &build<OrderService, InboxConsumer, Dispatch::at_once>},
    {kit::sells_from_stale_stock("X-LTY-07"),
     &build<OrderService, kit::ReadsStaleStock<InboxConsumer, Deliver, Context>>},
    {kit::keeps_the_last("X-LTY-08"),
     &build<OrderService, kit::KeepsTheLast<InboxConsumer, Deliver, Context>>},
    {{"X-LTY-09", "copy_is_refused", "stability",
      "Takes the order of which it knows, when the request comes again, for a failure, and says "
      "that the order is not placed."},
     &build<mutants::RefusesCopies>},
    {{"X-LTY-10", "late_confirmation_is_refusal", "agreement",
      "Says that the order is not placed because no confirmation came, though the broker may have "
      "the event."},
     &build<mutants::GivesUp>},
    {{"X-LTY-11", "heard_before_force", "no-loss",
      "The order service acknowledges its own event before its database has the order for good: a "
      "crash in between leaves an order that everybody knows but who placed it."},
     &build<mutants::HeardBeforeForce>},
    {{"X-LTY-12", "own_event_without_inbox", "exactly-once",
      "The order service notes its own event anew each time that it is delivered: an inbox for "
      "everybody but oneself."},
     &build<mutants::NotesEveryCopy>},
};

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "listen-to-yourself";
  info.idea = "messages";
  info.summary =
      "One write, to the broker's log; everybody follows it, the service that publishes as well.";
  info.variants = {"hardened"};
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  info.default_nodes = {messaging::broker};
  messaging::offer_processes(info);
  kit::offer_supervisor(info);
  return kit::make_family(std::move(info), {{"hardened", &build_correct}}, planted, &commit_costs);
}

}  // namespace indoubt::listen_to_yourself
