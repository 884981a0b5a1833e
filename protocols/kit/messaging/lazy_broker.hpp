#pragma once

#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/messaging/broker.hpp"
#include "sim/base/fields.hpp"

/// A broker that does not wait for its disk. Sources: Kafka, whose brokers acknowledge what is in
/// memory and flush after `log.flush.interval.ms`; RocketMQ, `flushDiskType=ASYNC_FLUSH`.
namespace indoubt::messaging {

/// Broker, lazy: what was confirmed goes to the disk.
struct FlushDue : sim::Timer {
  static constexpr std::string_view name = "flush_due";
};

/// A broker with one flush for everything that came meanwhile.
template <typename Role>
struct Flushes : Role {
  using Role::on;

  bool is_flush_due = false;  ///< it will be; in memory

  void on(const FlushDue&, auto& ctx) {
    is_flush_due = false;
    ctx.force();
  }
  template <typename Context>
  void flush_later(sim::Duration after, Context& ctx) {
    if (!is_flush_due) flush_when_idle(after, ctx);
  }
  /// That long after the last message: one that comes meanwhile puts it off.
  template <typename Context>
  void flush_when_idle(sim::Duration after, Context& ctx) {
    is_flush_due = true;
    ctx.about(sim::no_order).template arm<FlushDue>(after);
  }

  void lose_memory() {
    Role::lose_memory();
    is_flush_due = false;
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Role>(self), std::tie(self.is_flush_due));
  }
};

/// Confirms a message when it is in memory, and passes it on: a crash before the flush takes back
/// what publishers and consumers have heard. Who does not ask to be told is owed nothing: what came
/// so stays in memory as long as messages go on coming, as in RabbitMQ (docs/reality.md).
template <typename Context, typename Topic, typename Stored = MessageStored>
struct LazyBroker : Flushes<Broker<Context, Topic, Stored>> {
  using Flushes<Broker<Context, Topic, Stored>>::on;

  void on(const Publish<Topic>& message, Context& ctx) {
    if (this->route_of(message.topic).at_most_once) return this->pass_on(message, ctx);
    this->write_stored(message, ctx);
    if (this->settings->confirms) {
      ctx.answer(Confirmed<Topic>{message.topic});
      this->flush_later(this->settings->flush_after, ctx);
    } else {
      this->flush_when_idle(this->settings->flush_after, ctx);
    }
    this->offer_stored(ctx);
  }
};

/// Places the broker that these settings ask for, and `As` makes more of.
template <typename Messages, typename Records, typename Topic, typename Stored = MessageStored,
          template <typename> typename As = std::type_identity_t>
void place_broker(kit::Blueprint& blueprint, sim::NodeId node, BrokerSettings settings) {
  using Context = sim::Context<Messages, Records>;
  const auto kept = blueprint.keep(std::move(settings));
  const auto place = [&](auto role) {
    role.settings = kept;
    blueprint.place<Messages, Records>(node, role);
  };
  kept->flush_after == sim::Duration{} ? place(As<Broker<Context, Topic, Stored>>{})
                                       : place(As<LazyBroker<Context, Topic, Stored>>{});
}

}  // namespace indoubt::messaging
