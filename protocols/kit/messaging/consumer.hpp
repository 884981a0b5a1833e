#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/messaging/messages.hpp"
#include "protocols/kit/order_table.hpp"

namespace indoubt::messaging {

/// A service that is told of orders by messages, each at least once, and assigns its units to each
/// order once. It is told what has been decided and cannot veto: if it declines or has too few
/// units, it takes note of that, and the order has fewer effects than it was placed with.
template <typename Context, typename Topic>
struct Consumer {
  static constexpr std::string_view role_name = "participant";
  enum class Seen : std::uint8_t { no, yes };

  kit::Stock stock;
  kit::OrderTable<Seen> inbox;

  /// Acknowledged when what it calls for is durable, or was done before. What cannot be done is
  /// left alone: the broker delivers it again.
  void on(const Deliver<Topic>& message, Context& ctx) {
    if (!take(ctx)) return;
    ctx.await_forces();
    ctx.answer(Consumed{message.offset});
  }

  /// What the order's message calls for, if it was not done before. False if it cannot be done.
  bool take(Context& ctx) {
    if (inbox[ctx.order()] == Seen::yes) return true;
    if (fails(ctx)) return false;
    apply(ctx);
    return true;
  }

  /// Whether its transaction is rolled back: there is no room on the disk, or handling the message
  /// fails whenever it is tried.
  bool fails(const Context& ctx) const { return ctx.disk_is_full() || stock.is_poison(ctx); }

  /// One local transaction: the effect, and the row of the inbox by which a repetition is told.
  /// They are one record, which is durable as a whole or not at all.
  void apply(Context& ctx) {
    std::optional<kit::UnitList> units;
    if (!stock.declines(ctx)) units = stock.pick(ctx.order());
    if (units) {
      ctx.write(*this, UnitsAssigned{*units});
    } else {
      ctx.write(*this, Refused{});
    }
    ctx.force();
  }

  void replay(const UnitsAssigned& record, sim::OrderId order) {
    inbox[order] = Seen::yes;
    stock.assign(order, record.units);
  }
  void replay(const Refused&, sim::OrderId order) { inbox[order] = Seen::yes; }

  void lose_memory() {
    stock.lose_memory();
    inbox.lose_memory();
  }

  static auto fields(auto& self) {
    auto& [s, i] = self;
    return std::tie(s, i);
  }
};

}  // namespace indoubt::messaging
