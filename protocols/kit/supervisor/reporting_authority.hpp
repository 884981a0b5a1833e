#pragma once

#include <cstddef>
#include <tuple>
#include <vector>

#include "protocols/kit/supervisor/lease.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "protocols/kit/supervisor/watch.hpp"

namespace indoubt::kit {

/// An authority whose services may never have heard of an order that it has placed. It says every
/// period which orders are not known to be everywhere, until the supervisor has looked and says
/// that they are. The family's `Role` has one more function, `bool is_placed(sim::OrderId) const`:
/// the order is in its log, and for ever. It is asked after each handler and each record.
///
/// Orders of one service must take effect in the order in which they were placed, so only the first
/// that is not everywhere may be repaired. The next one is reported as soon as that is done.
template <typename Role, typename Context>
struct ReportingAuthority : Role {
  sim::Constant<Supervision> supervision;
  Watches watches;
  std::vector<sim::OrderId> in_commit_order;
  std::size_t reconciled = 0;  ///< of them, the first ones
  Leases leases;

  template <typename M>
  requires Hears<Role, M, Context>
  void on(const M& message, Context& ctx) {
    Role::on(message, ctx);
    if (note(ctx.order())) watch(ctx);
  }

  void on(const ReviewDue&, Context& ctx) {
    watches[ctx.order()].grow(*supervision);
    review(ctx);
  }

  /// An order that is everywhere needs no supervisor.
  void on(const AskLease& ask, Context& ctx) {
    if (is_waiting(ctx.order())) leases.answer(ask, KnownOutcome::State::committed, ctx);
  }

  /// The mark is not forced: without it the order is compared once more.
  void on(const Reconciled&, Context& ctx) {
    if (!is_waiting(ctx.order())) return;
    const std::size_t before = reconciled;
    ctx.write(*this, OrderReconciled{});
    ctx.template cancel<ReviewDue>();
    if (reconciled != before) report_next(ctx);
  }

  void on(const sim::Restart& restart, Context& ctx) {
    if constexpr (Hears<Role, sim::Restart, Context>) Role::on(restart, ctx);
    for (std::size_t i = reconciled; i < in_commit_order.size(); ++i) {
      Context about = ctx.about(in_commit_order[i]);
      if (is_waiting(about.order())) watch(about);
    }
  }

  template <typename R>
  requires Replays<Role, R>
  void replay(const R& record, sim::OrderId order) {
    Role::replay(record, order);
    note(order);
  }
  void replay(const OrderReconciled&, sim::OrderId order) {
    watches[order].is_over = true;
    while (reconciled < in_commit_order.size() && !is_waiting(in_commit_order[reconciled])) {
      ++reconciled;
    }
  }

  void replay(const LeaseGiven& lease, sim::OrderId order) { leases.replay(lease, order); }

  void lose_memory() {
    Role::lose_memory();
    watches.lose_memory([](Watch& watched) { watched.periods = 0; });
  }

  /// True if it is news that the order is placed.
  bool note(sim::OrderId order) {
    if (order == sim::no_order || watches.at(order).is_on || !Role::is_placed(order)) return false;
    watches[order].is_on = true;
    in_commit_order.push_back(order);
    return true;
  }
  bool is_waiting(sim::OrderId order) const {
    return watches.at(order).is_on && !watches.at(order).is_over;
  }
  void watch(Context& ctx) {
    watches[ctx.order()].periods = 0;
    review(ctx);
  }
  sim::Duration age(const Context& ctx) const { return watches.at(ctx.order()).age(*supervision); }
  void review(Context& ctx) const {
    if (!is_waiting(ctx.order())) return;
    const bool is_first = in_commit_order[reconciled] == ctx.order();
    report(*supervision, Unreconciled{age(ctx).count(), is_first}, ctx);
    ctx.template arm<ReviewDue>(supervision->period);
  }
  /// The first order that is not everywhere may be repaired from now on.
  void report_next(Context& ctx) const {
    if (reconciled == in_commit_order.size()) return;
    Context about = ctx.about(in_commit_order[reconciled]);
    if (age(about) >= supervision->grace) review(about);
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Role>(self),
                          std::tie(self.supervision, self.watches, self.in_commit_order,
                                   self.reconciled, self.leases));
  }
};

}  // namespace indoubt::kit
