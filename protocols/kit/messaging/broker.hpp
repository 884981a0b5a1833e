#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include "protocols/kit/job/services.hpp"
#include "protocols/kit/messaging/consumer_groups.hpp"
#include "protocols/kit/messaging/message_log.hpp"
#include "protocols/kit/messaging/messages.hpp"
#include "protocols/kit/retry.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::messaging {

/// The role of a broker, and the default name of its node.
inline constexpr std::string_view broker = "broker";

/// How much may be under way to one consumer at a time.
enum class Dispatch : std::uint8_t {
  in_order,   ///< one message, so that it sees them in the order in which they were stored
  at_once,    ///< everything: they overtake each other
  competing,  ///< one message for each of its processes: the same
};

/// Whom the messages of a topic are for.
struct Route {
  std::vector<sim::NodeId> consumers{};
  bool no_local = false;      ///< not to their own publisher
  bool at_most_once = false;  ///< passed on as it comes: not stored, confirmed or repeated
};

/// What the broker is told when it is set up.
struct BrokerSettings {
  std::vector<Route> routes{};  ///< by topic
  /// Of the orders: a service does not subscribe to what concerns other services alone.
  kit::Services services{};
  Dispatch dispatch = Dispatch::in_order;
  std::vector<ConsumerGroup> groups{};  ///< of those consumers that have several processes
  bool confirms = true;    ///< publishers have asked to be told when a message is durable
  kit::Retry invisible{};  ///< how long a delivery may take before there is another
  std::uint32_t most_deliveries = 0;  ///< of a message that nobody consumes; 0 for any number
  sim::Duration flush_after{};        ///< of a lazy broker, after it has confirmed
};

/// Where consumers may have several processes.
template <typename Options>
void put_processes(kit::Blueprint& blueprint, BrokerSettings& settings, const Options& options) {
  settings.groups = consumer_groups(blueprint, options.consumers);
  if (!settings.groups.empty() && options.sharing == Sharing::competing)
    settings.dispatch = Dispatch::competing;
}

/// A durable log of messages. Each message is delivered to each of its consumers at least once,
/// until the consumer says that it is done with it. The broker does not notice when a message is
/// published twice: consumers have to. `Context` and `Topic` are the family's. So may be the record
/// of a message: where the log is what decides, that record states the decision.
template <typename Context, typename Topic, typename Stored = MessageStored>
struct Broker {
  static constexpr std::string_view role_name = broker;

  sim::Constant<BrokerSettings> settings;
  MessageLog log;
  Turns turns;  ///< by position of the group; in memory

  /// A message is confirmed when it is durable, and delivered when it is durable: nobody may act on
  /// what a crash could take back.
  void on(const Publish<Topic>& message, Context& ctx) {
    if (route_of(message.topic).at_most_once) return pass_on(message, ctx);
    write_stored(message, ctx);
    ctx.force();
    if (settings->confirms) ctx.answer(Confirmed<Topic>{message.topic});
    offer_stored(ctx);
  }

  /// Not forced: without the record the message is delivered once more.
  void on(const Consumed& ack, Context& ctx) {
    if (!log.is_waiting(ack.offset)) return;
    ctx.write(*this, MessageConsumed{ack.offset});
    go_on(log.copies[static_cast<std::size_t>(ack.offset)].consumer, ctx);
  }

  void on(const RedeliverDue&, Context& ctx) { redeliver(ctx); }

  /// Which deliveries are under way is forgotten, so everything that is not consumed is delivered
  /// anew.
  void on(const sim::Restart&, Context& ctx) {
    log.chains.for_each([&](sim::OrderId order, const MessageLog::Chain&) {
      Context about = ctx.about(order);
      redeliver(about);
    });
  }

  void replay(const Stored& record, sim::OrderId order) {
    store(static_cast<Topic>(record.topic),
          sim::NodeId{static_cast<std::uint16_t>(record.publisher)}, order);
  }
  void replay(const MessageConsumed& record, sim::OrderId) { log.consume(record.offset); }
  void replay(const MessageDead& record, sim::OrderId) { log.consume(record.offset); }

  void lose_memory() {
    log.lose_memory();
    turns.clear();
  }

  const Route& route_of(Topic topic) const {
    return settings->routes[static_cast<std::size_t>(topic)];
  }

  /// Sent once to each consumer; there is no acknowledgement and no repetition.
  void pass_on(const Publish<Topic>& message, Context& ctx) const {
    for (const sim::NodeId consumer : route_of(message.topic).consumers) {
      if (!settings->services.concerns(consumer, ctx.order())) continue;
      ctx.send(consumer, Deliver<Topic>{message.topic, ctx.sender().index, no_offset});
    }
  }

  void write_stored(const Publish<Topic>& message, Context& ctx) {
    Stored record{};
    record.topic = static_cast<std::uint64_t>(message.topic);
    record.publisher = ctx.sender().index;
    ctx.write(*this, record);
  }

  void store(Topic topic, sim::NodeId publisher, sim::OrderId order) {
    const Route& route = route_of(topic);
    for (const sim::NodeId consumer : route.consumers) {
      if (route.no_local && consumer == publisher) continue;
      if (!settings->services.concerns(consumer, order)) continue;
      log.store({.topic = static_cast<std::uint64_t>(topic),
                 .publisher = publisher,
                 .consumer = consumer,
                 .order = order});
    }
  }

  /// Whether the copy may be delivered now: it waits, and no other one has to come first.
  bool is_in_flight(std::uint32_t offset) {
    const MessageLog::Copy& copy = log.copies[offset];
    if (!copy.is_waiting || copy.is_held) return false;
    switch (settings->dispatch) {
      case Dispatch::in_order: return log.front(copy.consumer) == offset;
      case Dispatch::at_once: return true;
      case Dispatch::competing:
        return log.is_among_first(offset, processes_of(settings->groups, copy.consumer));
    }
    return false;
  }

  /// What was stored just now is delivered for the first time, if it is its turn.
  void offer_stored(Context& ctx) {
    bool is_any = false;
    log.for_each_waiting(ctx.order(), [&](std::uint32_t offset) {
      if (log.copies[offset].deliveries != 0 || !is_in_flight(offset)) return;
      deliver(offset, ctx);
      is_any = true;
    });
    if (is_any) await_consumption(ctx, 0);
  }

  /// The consumer has done with a copy, and the next one has its turn.
  void go_on(sim::NodeId consumer, Context& ctx) {
    bool is_any = false;
    log.for_each_waiting(ctx.order(), [&](std::uint32_t other) { is_any |= is_in_flight(other); });
    if (!is_any) ctx.template cancel<RedeliverDue>();
    switch (settings->dispatch) {
      case Dispatch::in_order: return begin_delivery(log.front(consumer), ctx);
      case Dispatch::at_once: return;
      case Dispatch::competing: return fill_up(consumer, ctx);
    }
  }

  /// How many messages are under way to a consumer, if it does not get everything at once.
  std::size_t most_under_way(sim::NodeId consumer) const {
    return settings->dispatch == Dispatch::in_order ? 1 : processes_of(settings->groups, consumer);
  }

  /// As many messages are under way as may be.
  void fill_up(sim::NodeId consumer, Context& ctx) {
    std::uint32_t offset = log.front(consumer);
    for (std::size_t i = most_under_way(consumer); i > 0; --i) {
      if (offset == log.size() || log.copies[offset].is_held) return;
      if (log.copies[offset].deliveries == 0) begin_delivery(offset, ctx);
      offset = log.next_waiting(consumer, offset + 1);
    }
  }

  /// For the first time, if there is such a copy, and it may be seen.
  void begin_delivery(std::uint32_t offset, Context& ctx) {
    if (offset == log.size() || log.copies[offset].is_held) return;
    Context about = ctx.about(log.copies[offset].order);
    deliver(offset, about);
    await_consumption(about, 0);
  }

  /// Everything of the order that is under way, once more.
  void redeliver(Context& ctx) {
    bool is_any = false;
    log.for_each_waiting(ctx.order(), [&](std::uint32_t offset) {
      if (!is_in_flight(offset)) return;
      if (is_given_up(offset)) return bury(offset, ctx);
      deliver(offset, ctx);
      is_any = true;
    });
    if (is_any) await_consumption(ctx, log.chains[ctx.order()].attempts);
  }

  void deliver(std::uint32_t offset, Context& ctx) {
    MessageLog::Copy& copy = log.copies[offset];
    const sim::NodeId receiver = receiver_of(copy);
    ctx.await_forces();
    if (copy.deliveries <= settings->most_deliveries) ++copy.deliveries;  // more decide nothing
    ctx.send(receiver,
             Deliver<Topic>{static_cast<Topic>(copy.topic), copy.publisher.index, offset});
  }

  /// The consumer, or one of its processes. Where these compete, they take turns. Else one is
  /// active, and gets everything until a message is delivered that it should have had done with.
  sim::NodeId receiver_of(const MessageLog::Copy& copy) {
    const std::size_t group = group_of(settings->groups, copy.consumer);
    if (group == settings->groups.size()) return copy.consumer;
    const std::vector<sim::NodeId>& processes = settings->groups[group].processes;
    const bool takes_turns = settings->dispatch != Dispatch::in_order;
    return processes[takes_turns || copy.deliveries != 0 ? turns.pass(group, processes.size())
                                                         : turns.of(group)];
  }

  void await_consumption(Context& ctx, std::uint32_t attempts) {
    log.chains[ctx.order()].attempts = attempts + 1;
    ctx.template arm<RedeliverDue>(settings->invisible.after(attempts));
  }

  bool is_given_up(std::uint32_t offset) const {
    const std::uint32_t most = settings->most_deliveries;
    return most != 0 && log.copies[offset].deliveries >= most;
  }

  /// Not forced: without the record it is delivered some more times, and given up again.
  void bury(std::uint32_t offset, Context& ctx) {
    ctx.write(*this, MessageDead{offset});
    go_on(log.copies[offset].consumer, ctx);
  }

  static auto fields(auto& self) {
    auto& [s, l, t] = self;
    return std::tie(s, l, t);
  }
};

}  // namespace indoubt::messaging
