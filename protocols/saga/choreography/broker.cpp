#include "protocols/saga/choreography/broker.hpp"

#include <algorithm>

namespace indoubt::saga::choreography {
namespace {

constexpr std::uint32_t bit(std::size_t consumer) { return 1u << consumer; }

bool is_consumed(const Broker::Topic& topic) {
  return std::all_of(topic.events.begin(), topic.events.end(),
                     [](const Broker::Event& event) { return event.waiting == 0; });
}

}  // namespace

/// An event is acknowledged when it is durable, and delivered when it is durable: nobody may act on
/// what a crash could take back.
void Broker::on(const Publish& event, Context& ctx) {
  Topic& topic = topics[ctx.order()];
  const bool is_known = topic.events[index_of(event.type, ctx.sender())].is_stored != 0;
  if (is_known) return ctx.answer(Published{event.type});
  const Event& stored = store(ctx.order(), event.type, ctx.sender());
  topic.attempts = 0;
  ctx.append(EventStored{event.type, ctx.sender().index});
  ctx.force();
  ctx.answer(Published{event.type});
  deliver(stored, ctx);
  ctx.arm<RedeliverDue>(settings->retry.after(topic.attempts++));
}

Broker::Event& Broker::store(sim::OrderId order, EventType type, sim::NodeId publisher) {
  Event& event = topics[order].events[index_of(type, publisher)];
  event = {.type = static_cast<std::uint64_t>(type),
           .publisher = publisher.index,
           .is_stored = 1,
           .waiting = consumers_of(type, publisher)};
  return event;
}

void Broker::deliver(const Event& event, Context& ctx) const {
  const Deliver delivery{static_cast<EventType>(event.type), event.publisher};
  settings->services.for_each({event.waiting},
                              [&](sim::NodeId service) { ctx.send(service, delivery); });
  if ((event.waiting & bit(order_service)) != 0) ctx.send(settings->order_service, delivery);
}

/// What a consumer has done with is not forced: without it the event is delivered once more.
void Broker::on(const Consumed& ack, Context& ctx) {
  Topic& topic = topics[ctx.order()];
  const std::size_t index =
      index_of(ack.type, sim::NodeId{static_cast<std::uint16_t>(ack.publisher)});
  Event& event = topic.events[index];
  const std::size_t who = consumer(ctx.sender());
  if ((event.waiting & bit(who)) == 0) return;
  event.waiting &= ~bit(who);
  ctx.append(EventConsumed{index, who});
  if (is_consumed(topic)) ctx.cancel<RedeliverDue>();
}

void Broker::on(const RedeliverDue&, Context& ctx) { deliver_all(topics[ctx.order()], ctx); }

void Broker::deliver_all(Topic& topic, Context& ctx) const {
  if (is_consumed(topic)) return;
  for (const Event& event : topic.events) deliver(event, ctx);
  ctx.arm<RedeliverDue>(settings->retry.after(topic.attempts++));
}

void Broker::on(const sim::Restart&, Context& ctx) {
  topics.for_each([&](sim::OrderId order, Topic& topic) {
    Context about = ctx.about(order);
    deliver_all(topic, about);
  });
}

void Broker::replay(const EventStored& record, sim::OrderId order) {
  store(order, record.type, sim::NodeId{static_cast<std::uint16_t>(record.publisher)});
}

void Broker::replay(const EventConsumed& record, sim::OrderId order) {
  topics[order].events[record.event].waiting &= ~bit(record.consumer);
}

std::size_t Broker::index_of(EventType type, sim::NodeId publisher) const {
  switch (type) {
    case EventType::order_created: return 0;
    case EventType::timed_out: return 1;
    case EventType::step_done:
    case EventType::step_failed: break;
  }
  return 2 + settings->services.position(publisher);
}

std::uint32_t Broker::consumers_of(EventType type, sim::NodeId publisher) const {
  const std::uint32_t services = settings->services.all().bits;
  switch (type) {
    case EventType::order_created:
    case EventType::timed_out: return services;
    case EventType::step_done: return bit(order_service);
    case EventType::step_failed: break;
  }
  // Whoever did a step of the order undoes it, without being told to by anybody.
  return (services & ~bit(settings->services.position(publisher))) | bit(order_service);
}

std::size_t Broker::consumer(sim::NodeId node) const {
  return node == settings->order_service ? order_service : settings->services.position(node);
}

}  // namespace indoubt::saga::choreography
