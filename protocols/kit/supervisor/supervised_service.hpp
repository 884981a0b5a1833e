#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/kit/supervisor/lease.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "protocols/kit/supervisor/watch.hpp"

namespace indoubt::kit {

/// A service that says every period what is in no final state here, until its own protocol or the
/// supervisor has finished it. The family's `Role` has two more functions:
///
/// - `bool is_unfinished(sim::OrderId) const`: the order's record here is in no final state. What
/// is
///   done and may have to be undone is unfinished, too.
/// - `void settle(bool commits, Context&)`: finishes it so, as the family's own commands do and
/// with
///   the same effect if it was done before. What the family has no final state for stays as it is,
///   and stands from then on.
template <typename Role, typename Context>
struct SupervisedService : Role {
  sim::Constant<Supervision> supervision;
  Watches watches;
  Fence repair_fence;

  template <typename M>
  requires Hears<Role, M, Context>
  void on(const M& message, Context& ctx) {
    const bool was_unfinished = is_unfinished(ctx.order());
    Role::on(message, ctx);
    if (was_unfinished == is_unfinished(ctx.order())) return;
    was_unfinished ? ctx.template cancel<ReviewDue>() : watch(ctx);
  }

  /// That something stands is not forced: without the record it is asked for again.
  void on(const Settle& repair, Context& ctx) {
    Role::settle(repair.commits, ctx);
    if (repair.commits && is_unfinished(ctx.order())) {
      ctx.write(*this, Stands{});
    }
    if (!is_unfinished(ctx.order())) ctx.template cancel<ReviewDue>();
  }

  void on(const FencedSettle& repair, Context& ctx) {
    if (repair_fence.lets_pass(repair.token, ctx)) on(Settle{repair.commits}, ctx);
  }

  void on(const ReviewDue&, Context& ctx) {
    watches[ctx.order()].grow(*supervision);
    review(ctx);
  }

  void on(const sim::Restart& restart, Context& ctx) {
    if constexpr (Hears<Role, sim::Restart, Context>) Role::on(restart, ctx);
    for (std::uint32_t i = 0; i < watches.rows.size(); ++i) {
      Context about = ctx.about(sim::OrderId{i});
      if (is_unfinished(about.order())) watch(about);
    }
  }

  template <typename R>
  requires Replays<Role, R>
  void replay(const R& record, sim::OrderId order) {
    Role::replay(record, order);
    if (is_unfinished(order)) watches[order].is_on = true;
  }
  void replay(const Stands&, sim::OrderId order) { watches[order].is_over = true; }
  void replay(const TokenSeen& record, sim::OrderId order) { repair_fence.replay(record, order); }

  /// How long an order has been watched is not on record. That it was watched follows from the
  /// records; but an order that became unfinished and finished in one handler counts as watched
  /// only after a replay.
  void lose_memory() {
    Role::lose_memory();
    watches.lose_memory([](Watch& watched) { watched = {.is_over = watched.is_over}; });
  }

  bool is_unfinished(sim::OrderId order) const {
    return order != sim::no_order && Role::is_unfinished(order) && !watches.at(order).is_over;
  }
  void watch(Context& ctx) {
    Watch& watched = watches[ctx.order()];
    watched.periods = 0;
    watched.is_on = true;
    review(ctx);
  }
  void review(Context& ctx) const {
    if (!is_unfinished(ctx.order())) return;
    report(*supervision, Unfinished{watches.at(ctx.order()).age(*supervision).count()}, ctx);
    ctx.template arm<ReviewDue>(supervision->period);
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Role>(self),
                          std::tie(self.supervision, self.watches, self.repair_fence));
  }
};

}  // namespace indoubt::kit
