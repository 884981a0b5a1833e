#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/kit/messaging/consumer_process.hpp"
#include "protocols/kit/order_table.hpp"
#include "sim/base/fields.hpp"

/// Processes of a service with one mistake each, for the mutants of every family in which a service
/// may have several.
namespace indoubt::messaging {

/// Knows what it has handed on, and its database does not.
template <typename Context, typename Topic>
struct InboxOfItsOwn : ConsumerProcess<Context, Topic> {
  using Base = ConsumerProcess<Context, Topic>;
  using Base::on;
  /// What of an order it has had handled, and what it waits for: bit sets of topics.
  struct Row {
    std::uint64_t done = 0;
    std::uint64_t handed_on = 0;
    static auto fields(auto& self) {
      auto& [d, h] = self;
      return std::tie(d, h);
    }
  };
  kit::OrderTable<Row> inbox;  ///< in memory

  void on(const Deliver<Topic>& message, Context& ctx) {
    Row& row = inbox[ctx.order()];
    if ((row.done & bit(message.topic)) != 0) return ctx.answer(Consumed{message.offset});
    row.handed_on |= bit(message.topic);
    Base::on(message, ctx);
  }
  /// Which message that is it does not say: all that were handed on count as done.
  void on(const Consumed& done, Context& ctx) {
    Row& row = inbox[ctx.order()];
    row.done |= row.handed_on;
    Base::on(done, ctx);
  }
  void lose_memory() {
    inbox.lose_memory([](Row& row) { row = {}; });
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Base>(self), std::tie(self.inbox));
  }

 private:
  static std::uint64_t bit(Topic topic) {
    return std::uint64_t{1} << (static_cast<std::uint64_t>(topic) % 64);
  }
};

/// Acknowledges a message when it has it.
template <typename Context, typename Topic>
struct ConsumedWhenReceived : ConsumerProcess<Context, Topic> {
  using Base = ConsumerProcess<Context, Topic>;
  using Base::on;
  void on(const Deliver<Topic>& message, Context& ctx) {
    ctx.answer(Consumed{message.offset});
    Base::on(message, ctx);
  }
  void on(const Consumed&, Context&) {}
};

}  // namespace indoubt::messaging
