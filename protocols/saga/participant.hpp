#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/saga/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::saga {

/// A service: does its step as a local transaction of its own, and undoes it if it is told to. What
/// it did for an order stays, so each command has its effect once, however often it comes.
struct Participant {
  static constexpr std::string_view role_name = "participant";
  enum class Phase : std::uint8_t { unknown, done, failed, compensated, completed };

  sim::Constant<Settings> settings;
  kit::Stock stock;
  kit::OrderTable<Phase> phases;

  void on(const Step&, Context& ctx);
  void on(const Compensate&, Context& ctx);
  void on(const Complete&, Context& ctx);

  void replay(const UnitsAssigned& record, sim::OrderId order);
  void replay(const Refused&, sim::OrderId order);
  void replay(const UnitsReleased& record, sim::OrderId order);
  void replay(const StepCompleted&, sim::OrderId order);

  void lose_memory() {
    stock.lose_memory();
    phases.lose_memory();
  }

  /// Whether doing what the command says fails, whenever it is tried. A call that fails is an
  /// answer or none, and either is dealt with: only messages on a queue can be poison.
  bool is_poison(Command, const Context&) const { return false; }

  /// The result of a command goes to the orchestrator, however the command came.
  template <typename M>
  void report(const M& result, Context& ctx) const {
    ctx.await_forces();
    ctx.send(settings->orchestrator, result);
  }
  void do_step(Context& ctx);
  void refuse(Context& ctx);
  void compensate(Context& ctx);
  void complete(Context& ctx);

  static auto fields(auto& self) {
    auto& [c, s, p] = self;
    return std::tie(c, s, p);
  }
};

}  // namespace indoubt::saga
