#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/reservation/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::reservation {

/// A service: holds units for a limited time, and is the only judge of when that time is over. A
/// hold that was not assigned by then is free again, whatever becomes of its order.
struct Participant {
  static constexpr std::string_view role_name = "participant";
  /// The last three are the tombstones of an order: it gets nothing here any more.
  enum class Phase : std::uint8_t { unknown, held, assigned, expired, refused, released };

  sim::Constant<Settings> settings;
  kit::Stock stock;
  kit::OrderTable<Phase> phases;
  /// Orders whose phase is `held`, oldest first. The sweeper is armed while there are any.
  std::vector<sim::OrderId> holding;

  void on(const Reserve&, Context& ctx);
  void on(const Assign& assign, Context& ctx);
  void on(const Release&, Context& ctx);
  void on(const SweepDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const UnitsHeld& record, sim::OrderId order);
  void replay(const UnitsAssigned& record, sim::OrderId order);
  void replay(const HoldExpired& record, sim::OrderId order);
  void replay(const UnitsReleased& record, sim::OrderId order);
  void replay(const Refused&, sim::OrderId order);

  void lose_memory() {
    stock.lose_memory();
    phases.lose_memory();
  }

  void reserve(Context& ctx);
  void assign(Context& ctx);
  void release(Context& ctx);
  /// Frees every hold that has run out. True if there was one.
  bool expire_due(Context& ctx);
  void answer_reserved(Context& ctx) const;
  bool has_live_hold(std::uint64_t generation, const Context& ctx) const;
  void arm_sweeper(Context& ctx) const;
  /// Writes that the order has no hold any more; the sweeper rests if it was the last one.
  template <typename Record>
  void end_hold(const Record& record, Context& ctx);
  void forget_hold(sim::OrderId order) { std::erase(holding, order); }

  static auto fields(auto& self) {
    auto& [s, st, p, h] = self;
    return std::tie(s, st, p, h);
  }
};

}  // namespace indoubt::reservation
