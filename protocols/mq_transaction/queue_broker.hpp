#pragma once

#include <string_view>
#include <tuple>

#include "protocols/kit/messaging/broker.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/mq_transaction/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::mq_transaction {

/// A broker with something about each order that nobody but its producer sees yet, a `Row`. What
/// becomes visible is put into its queues and from there delivered at least once.
template <typename Row>
struct QueueBroker {
  static constexpr std::string_view role_name = messaging::broker;

  sim::Constant<Settings> settings;
  messaging::Broker<Context, Destination> queues;
  kit::OrderTable<Row> rows;

  void on(const Publish& message, Context& ctx) { queues.on(message, ctx); }
  void on(const Consumed& ack, Context& ctx) { queues.on(ack, ctx); }
  void on(const messaging::RedeliverDue& timer, Context& ctx) { queues.on(timer, ctx); }

  void replay(const messaging::MessageStored& record, sim::OrderId order) {
    queues.replay(record, order);
  }
  void replay(const messaging::MessageConsumed& record, sim::OrderId order) {
    queues.replay(record, order);
  }
  void replay(const messaging::MessageDead& record, sim::OrderId order) {
    queues.replay(record, order);
  }

  void lose_memory() {
    queues.lose_memory();
    rows.lose_memory([](Row& row) { row.lose_memory(); });
  }

  static auto fields(auto& self) {
    auto& [s, q, r] = self;
    return std::tie(s, q, r);
  }
};

}  // namespace indoubt::mq_transaction
