#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/job/services.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "sim/base/time.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::kit {

struct SupervisorSettings {
  Services services{};
  sim::NodeId authority{};  ///< whose log says what became of an order
  sim::Duration grace{};    ///< orders younger than this are under way, and left alone
  sim::Duration lease{};    ///< where there are several supervisors; 0: they have none
};

/// Looks for orders that got stuck halfway, and finishes them as their authority has decided, going
/// around whatever they got stuck in. It decides nothing itself.
///
/// Its scan is turned round, so that runs can end: a node that has something unfinished says so
/// every period, instead of being asked. So repairs need not be repeated here, either: a node that
/// a repair did not reach says again that it is unfinished.
///
/// This is the only supervisor of its run, and needs no lease. See `LeasedSupervisor` for several.
template <typename Context>
struct Supervisor {
  static constexpr std::string_view role_name = "supervisor";
  enum class Intent : std::uint8_t { none, compensate, complete };
  /// What it has heard of an order that it compares.
  struct Comparison {
    ServiceSet agreed{};    ///< services that have its effect, and so will for ever
    bool is_first = false;  ///< all orders before it are everywhere
    static auto fields(auto& self) {
      auto& [a, f] = self;
      return std::tie(a, f);
    }
  };

  sim::Constant<SupervisorSettings> settings;
  OrderTable<Intent> intents;
  OrderTable<Comparison> comparisons;

  void on(const Unfinished& record, Context& ctx) {
    if (sim::Duration{record.age} >= settings->grace) look_into(ctx);
  }

  void look_into(Context& ctx) const {
    const Intent intent = intents.at(ctx.order());
    ctx.await_forces();
    if (intent != Intent::none) return ctx.answer(Settle{intent == Intent::complete});
    ctx.send(settings->authority, AskOutcome{});
  }

  /// What is not decided is left to the authority, which has a deadline of its own.
  void on(const KnownOutcome& outcome, Context& ctx) {
    if (outcome.state == KnownOutcome::State::undecided) return;
    repair(outcome.state == KnownOutcome::State::committed, ctx);
  }

  /// Services that have not reported anything are told, too: what they have not heard of yet must
  /// not be done any more.
  void repair(bool commits, Context& ctx) {
    if (intents.at(ctx.order()) != Intent::none) return;
    intend(commits, ctx);
    for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Settle{commits});
  }

  /// What it does is on record before it is done.
  void intend(bool commits, Context& ctx) {
    if (intents[ctx.order()] != Intent::none) return;
    ctx.write(*this, RepairIntent{commits});
    ctx.force();
  }

  /// Asks which services have a placed order. A service that was seen with it is not asked again.
  void on(const Unreconciled& order, Context& ctx) {
    if (sim::Duration{order.age} < settings->grace) return;
    Comparison& seen = comparisons[ctx.order()];
    seen.is_first = order.is_first;
    compare(seen, ctx);
  }

  void compare(const Comparison& seen, Context& ctx) const {
    if (tell_reconciled(seen, ctx)) return;
    for (std::size_t i = 0; i < settings->services.of(ctx).count; ++i) {
      if (!seen.agreed.has(i)) ctx.send(settings->services.of(ctx).nodes[i], AskEffect{});
    }
  }

  /// A service that lacks it is told to catch up, and answers again.
  void on(const KnownEffect& effect, Context& ctx) {
    if (!may_catch_up(effect, ctx)) return;
    intend(true, ctx);
    ctx.await_forces();
    ctx.answer(Settle{true});
  }

  /// Whether the service lacks this order, and no order before it. Notes the service if it has it.
  bool may_catch_up(const KnownEffect& effect, Context& ctx) {
    Comparison& seen = comparisons[ctx.order()];
    if (!effect.is_here) return seen.is_first;
    seen.agreed.add(settings->services.of(ctx).position(ctx.sender()));
    tell_reconciled(seen, ctx);
    return false;
  }

  bool tell_reconciled(const Comparison& seen, Context& ctx) const {
    if (seen.agreed != settings->services.of(ctx).all()) return false;
    ctx.send(settings->authority, Reconciled{});
    return true;
  }

  void replay(const RepairIntent& record, sim::OrderId order) {
    intents[order] = record.commits ? Intent::complete : Intent::compensate;
  }

  /// What it is about to do is on record; what it has heard is not.
  void lose_memory() {
    intents.lose_memory();
    comparisons = {};
  }

  static auto fields(auto& self) {
    auto& [s, i, c] = self;
    return std::tie(s, i, c);
  }
};

}  // namespace indoubt::kit
