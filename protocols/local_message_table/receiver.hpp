#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/local_message_table/messages.hpp"

namespace indoubt::local_message_table {

/// A service: does what a message says, once, however often it comes. It cannot refuse an order
/// that is placed already; what it cannot do stays undone.
struct Receiver {
  static constexpr std::string_view role_name = "participant";

  enum class Inbox : std::uint8_t { empty, applied };

  kit::Stock stock;
  kit::OrderTable<Inbox> inbox;  ///< whether the order's message has had its effect

  void on(const Deliver&, Context& ctx);
  /// What the order's message calls for, if it was not done before. False if it cannot be done.
  bool take(Context& ctx);
  /// There is no room on the disk, or handling the message fails whenever it is tried.
  bool fails(const Context& ctx) const { return ctx.disk_is_full() || stock.is_poison(ctx); }

  void replay(const UnitsAssigned& record, sim::OrderId order);
  void replay(const Refused&, sim::OrderId order) { inbox[order] = Inbox::applied; }
  void replay(const InboxNoted&, sim::OrderId order) { inbox[order] = Inbox::applied; }

  void lose_memory() {
    stock.lose_memory();
    inbox.lose_memory();
  }

  void apply(Context& ctx);

  static auto fields(auto& self) {
    auto& [s, i] = self;
    return std::tie(s, i);
  }
};

}  // namespace indoubt::local_message_table
