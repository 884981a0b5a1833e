#pragma once

#include <string_view>
#include <tuple>

#include "protocols/kit/messaging/outbox.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/listen_to_yourself/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::listen_to_yourself {

/// Publishes that there is an order, and writes nothing: its database learns of the order from its
/// own event, as every other service does. So there is one write, which takes place or does not.
struct OrderService {
  static constexpr std::string_view role_name = "coordinator";
  struct Order {
    bool is_noted = false;  ///< in its database, which is its inbox as well
    bool is_asked = false;  ///< by a client that waits; in memory, as is what is to be published
    messaging::Outbox<Event> under_way{};
    static auto fields(auto& self) {
      auto& [n, a, u] = self;
      return std::tie(n, a, u);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Order> orders;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const Confirmed& ack, Context& ctx);
  void on(const RepublishDue&, Context& ctx);
  void on(const Deliver& event, Context& ctx);

  void answer_again(const Order& order, Context& ctx) const;

  void replay(const OrderNoted&, sim::OrderId order) { orders[order].is_noted = true; }

  void lose_memory() {
    orders.lose_memory([](Order& order) { order = {.is_noted = order.is_noted}; });
  }

  static auto fields(auto& self) {
    auto& [s, o] = self;
    return std::tie(s, o);
  }
};

}  // namespace indoubt::listen_to_yourself
