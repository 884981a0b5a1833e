#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/tcc/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::tcc {

/// A service: freezes units when it is tried, and then confirms or cancels as it is told, however
/// often and in whatever order the calls arrive. It has no timers: what it froze stays frozen until
/// the transaction manager says otherwise.
struct Participant {
  static constexpr std::string_view role_name = "participant";
  /// The row of the fence: what was done here for an order.
  enum class Fence : std::uint8_t {
    none,
    tried,
    refused,
    confirmed,
    cancelled,
    suspended,  ///< cancelled before it was tried
  };

  sim::Constant<Settings> settings;
  kit::Stock stock;
  kit::OrderTable<Fence> fence;

  void on(const Try&, Context& ctx);
  void on(const Confirm&, Context& ctx);
  void on(const Cancel&, Context& ctx);

  void replay(const FenceTried& record, sim::OrderId order);
  void replay(const FenceConfirmed& record, sim::OrderId order);
  void replay(const FenceCancelled& record, sim::OrderId order);
  void replay(const FenceSuspended&, sim::OrderId order);
  void replay(const Refused&, sim::OrderId order);

  void lose_memory() {
    stock.lose_memory();
    fence.lose_memory();
  }

  void freeze(Context& ctx);
  void confirm(Context& ctx);
  void cancel(Context& ctx);
  void suspend(Context& ctx);

  static auto fields(auto& self) {
    auto& [s, st, f] = self;
    return std::tie(s, st, f);
  }
};

}  // namespace indoubt::tcc
