#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/reservation/messages.hpp"
#include "sim/world/constant.hpp"

/// Reserve and assign as it is published and copied. The claim: a user never sees an order placed
/// that cannot be fulfilled. It holds; what it leaves behind when an order fails is another matter.
namespace indoubt::reservation::as_published {

/// The order service: four calls, one after another, and "placed" if all of them succeeded. It
/// keeps nothing on disk, so an order that was under way in a crash is known to nobody afterwards.
/// What it lacks besides: any call that undoes an assignment.
struct OrderService {
  static constexpr std::string_view role_name = "coordinator";
  enum class Phase : std::uint8_t { unknown, reserving, assigning, done };
  /// The stack frame of a request that is being served.
  struct Request {
    Phase phase = Phase::unknown;
    std::uint32_t service = 0;  ///< position of the one that is being called
    kit::Attempts attempts{};   ///< of this call
    static auto fields(auto& self) {
      auto& [p, s, a] = self;
      return std::tie(p, s, a);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Request> requests;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const Reserved&, Context& ctx);
  void on(const None&, Context& ctx);
  void on(const CallTimeout&, Context& ctx);
  void on(const Assigned&, Context& ctx);
  void on(const Expired&, Context& ctx);
  void on(const ResendDue&, Context& ctx);
  /// Never sent or armed here.
  void on(const Released&, Context&) {}
  void on(const DeadlineDue&, Context&) {}

  void call_reserve(const Request& request, Context& ctx);
  void call_assign(Request& request, Context& ctx);
  void give_up(Request& request, Context& ctx);
  bool awaits_sender(const Request& request, Phase phase, const Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, r] = self;
    return std::tie(s, r);
  }
};

/// A service and its table of rows. Reserving marks free rows as reserved, and does not write down
/// for whom; assigning takes any reserved rows and writes the order on them. A timer for each
/// reservation makes its rows free again if they are still only reserved.
///
/// Who reserved a row is kept in the row because the history tells it, and so that a timer knows
/// its rows. The assignment does not look at it, nor at the time.
struct RowStore {
  static constexpr std::string_view role_name = "participant";
  sim::Constant<Settings> settings;
  kit::Stock stock;

  void on(const Reserve&, Context& ctx);
  void on(const Assign&, Context& ctx);
  void on(const SweepDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);
  /// Never sent here.
  void on(const Release&, Context&) {}

  void replay(const UnitsHeld& record, sim::OrderId order) { stock.hold(order, record.hold); }
  void replay(const UnitsAssigned& record, sim::OrderId order) {
    stock.assign(order, record.units);
  }
  void replay(const HoldExpired& record, sim::OrderId order) { stock.release(order, record.units); }
  void lose_memory() { stock.lose_memory(); }

  static auto fields(auto& self) {
    auto& [s, st] = self;
    return std::tie(s, st);
  }
};

}  // namespace indoubt::reservation::as_published
