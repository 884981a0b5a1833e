#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/mq_transaction/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::mq_transaction {

/// Lets the broker keep a half message, runs the order's local transaction, and says what became of
/// it. Should nobody say so, the broker asks, and the answer comes from the database.
struct HalfMessageProducer {
  static constexpr std::string_view role_name = "coordinator";
  enum class Phase : std::uint8_t {
    unknown,
    announcing,  ///< the half message is not known to be stored
    open,        ///< the local transaction runs
    placed,
    rejected,
  };
  struct Order {
    Phase phase = Phase::unknown;
    kit::Attempts attempts{};
    static auto fields(auto& self) {
      auto& [p, a] = self;
      return std::tie(p, a);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Order> orders;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const kit::CancelOrder&, Context& ctx);
  void on(const HalfStored&, Context& ctx);
  void on(const CommitDue&, Context& ctx);
  void on(const CheckBack&, Context& ctx);
  void on(const RetryDue&, Context& ctx);

  void replay(const OrderPlaced&, sim::OrderId order) { orders[order].phase = Phase::placed; }
  void replay(const OrderRejected&, sim::OrderId order) { orders[order].phase = Phase::rejected; }

  /// What is not decided is on no record.
  void lose_memory() {
    orders.lose_memory([](Order& order) {
      const bool is_decided = order.phase == Phase::placed || order.phase == Phase::rejected;
      order = {.phase = is_decided ? order.phase : Phase::unknown};
    });
  }

  std::optional<sim::Outcome> outcome_of(const Order& order) const;
  bool is_undecided(const Order& order) const {
    return order.phase == Phase::announcing || order.phase == Phase::open;
  }
  void announce(Order& order, Context& ctx) const;
  /// Inserts a row that keeps the local transaction from committing.
  void reject(Context& ctx);
  void end(bool commits, Context& ctx) const {
    ctx.await_forces();
    ctx.send(settings->broker, End{commits});
  }

  static auto fields(auto& self) {
    auto& [s, o] = self;
    return std::tie(s, o);
  }
};

}  // namespace indoubt::mq_transaction
