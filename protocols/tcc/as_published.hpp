#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/tcc/messages.hpp"
#include "sim/world/constant.hpp"

/// Try, confirm, cancel as the sample that is published and copied has it: reserve the stock,
/// charge the payment, confirm the order; if one of them fails, cancel the order, refund the
/// payment, and release the stock. The last service of an order takes the part of the payment.
namespace indoubt::tcc::as_published {

/// The caller: one request after another, each of which it waits for however long that takes.
/// Nobody manages transactions, and nothing is on disk: what was under way in a crash stays as it
/// is. If a step is refused it cancels every step, once each, the last first, also those that it
/// never came to.
struct Caller {
  static constexpr std::string_view role_name = "caller";
  enum class Phase : std::uint8_t { unknown, trying, confirming, cancelling, done };
  /// The stack frame of a request that is being served.
  struct Request {
    Phase phase = Phase::unknown;
    std::uint32_t service = 0;  ///< position of the one that is being called
    static auto fields(auto& self) {
      auto& [p, s] = self;
      return std::tie(p, s);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Request> requests;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const Tried& tried, Context& ctx);
  void on(const Confirmed&, Context& ctx);
  void on(const Cancelled&, Context& ctx);

  void confirm_next(Request& request, Context& ctx);
  bool awaits_sender(const Request& request, Phase phase, const Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, r] = self;
    return std::tie(s, r);
  }
};

/// A service and its table. It keeps no row of what it did for which request, so each call does its
/// work again, and a cancel gives back whether anything was taken or not.
///
/// Which order has a row is kept because the history tells it.
struct RowStore {
  static constexpr std::string_view role_name = "participant";
  sim::Constant<Settings> settings;
  kit::Stock stock;

  void on(const Try&, Context& ctx);
  void on(const Confirm&, Context& ctx);
  void on(const Cancel&, Context& ctx);

  void replay(const FenceTried& record, sim::OrderId order) { stock.hold(order, record.hold); }
  void replay(const FenceConfirmed& record, sim::OrderId order) {
    stock.assign(order, record.units);
  }
  void replay(const FenceCancelled& record, sim::OrderId order) {
    stock.release(order, record.units);
  }

  void lose_memory() { stock.lose_memory(); }

  void take(const kit::UnitList& rows, Context& ctx);
  /// Whether trying does the work at once, as charging a payment does.
  bool charges(const Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, st] = self;
    return std::tie(s, st);
  }
};

}  // namespace indoubt::tcc::as_published
