#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "protocols/kit/messaging/outbox.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/saga/choreography/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::saga::choreography {

/// Publishes that there is an order, sees from the events what becomes of it, and tells the client.
/// It owns the deadline: if the events it waits for do not come, somebody must say so.
struct OrderService {
  static constexpr std::string_view role_name = "coordinator";
  enum class Phase : std::uint8_t {
    unknown,
    pending,
    placed,
    not_placed,
    told_placed,
    told_not_placed,
  };
  struct Order {
    Phase phase = Phase::unknown;
    kit::ServiceSet missing{};  ///< whose step is not known to be done
    messaging::Outbox<EventType> outbox{};
    static auto fields(auto& self) {
      auto& [p, m, o] = self;
      return std::tie(p, m, o);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Order> orders;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const kit::CancelOrder&, Context& ctx);
  void on(const Deliver& event, Context& ctx);
  void on(const DeadlineDue&, Context& ctx);
  void on(const Confirmed& ack, Context& ctx);
  void on(const RepublishDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const OrderCreated&, sim::OrderId order);
  void replay(const StepNoted& record, sim::OrderId order);
  void replay(const OrderPlaced&, sim::OrderId order);
  void replay(const OrderRejected&, sim::OrderId order) { orders[order].phase = Phase::not_placed; }
  void replay(const OrderTimedOut&, sim::OrderId order);
  void replay(const Dispatched& record, sim::OrderId order) {
    orders[order].outbox.remove(record.topic);
  }
  void replay(const End&, sim::OrderId order);

  void lose_memory() {
    orders.lose_memory([](Order& order) { order.outbox.attempts = 0; });
  }

  std::optional<sim::Outcome> outcome_of(const Order& order) const;
  void note_step(const Order& order, std::size_t service, Context& ctx);
  void reject(const Order& order, Context& ctx);
  void tell_client(const Order& order, Context& ctx);
  void go_on_after_crash(Order& order, Context& ctx);

  static auto fields(auto& self) {
    auto& [s, o] = self;
    return std::tie(s, o);
  }
};

}  // namespace indoubt::saga::choreography
