#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/mq_transaction/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::mq_transaction {

/// Sends the messages of an order in one transaction of the broker. That transaction does not cover
/// the producer's own database, so the order is written down twice: as pending before the first
/// message, and as placed when the broker has committed. In between it is in doubt, and whoever is
/// in doubt sends the same transaction again: the broker knows it by its id.
struct Producer {
  static constexpr std::string_view role_name = "coordinator";
  enum class Phase : std::uint8_t { unknown, pending, placed };
  struct Order {
    Phase phase = Phase::unknown;
    bool is_begun = false;  ///< the broker has opened the transaction
    kit::Attempts attempts{};
    static auto fields(auto& self) {
      auto& [p, b, a] = self;
      return std::tie(p, b, a);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Order> orders;

  virtual ~Producer() = default;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const Begun&, Context& ctx);
  void on(const Committed&, Context& ctx);
  void on(const RolledBack&, Context& ctx);
  void on(const RetryDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const OrderPending&, sim::OrderId order) { orders[order].phase = Phase::pending; }
  void replay(const OrderPlaced&, sim::OrderId order) { orders[order].phase = Phase::placed; }

  void lose_memory() {
    orders.lose_memory([](Order& order) { order = {.phase = order.phase}; });
  }

  void begin(Order& order, Context& ctx) const;
  virtual void send_and_commit(Context& ctx) const;
  void await_answer(Order& order, Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, o] = self;
    return std::tie(s, o);
  }
};

}  // namespace indoubt::mq_transaction
