#pragma once

#include <tuple>

#include "protocols/kit/supervisor/lease.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "protocols/kit/supervisor/watch.hpp"

namespace indoubt::kit {

/// A role whose log says what became of an order, and that answers a supervisor's question for it.
/// The family's `Role` has one more function, `KnownOutcome::State outcome(sim::OrderId) const`. It
/// is asked after each handler and each record; the first answer that is not `undecided` stays, as
/// decisions do. So a role that forgets how an order ended need not remember it for this.
template <typename Role, typename Context>
struct SupervisedAuthority : Role {
  OrderTable<KnownOutcome::State> outcomes;
  Leases leases;

  void on(const AskOutcome&, Context& ctx) {
    ctx.await_forces();
    ctx.answer(KnownOutcome{outcomes.at(ctx.order())});
  }
  void on(const AskLease& ask, Context& ctx) { leases.answer(ask, outcomes.at(ctx.order()), ctx); }

  /// Orders that come back with the log go on at once, and that may decide them.
  void on(const sim::Restart& restart, Context& ctx) {
    if constexpr (Hears<Role, sim::Restart, Context>) Role::on(restart, ctx);
    for (std::uint32_t i = 0; i < outcomes.rows.size(); ++i) note(sim::OrderId{i});
  }

  template <typename M>
  requires Hears<Role, M, Context>
  void on(const M& message, Context& ctx) {
    Role::on(message, ctx);
    note(ctx.order());
  }

  template <typename R>
  requires Replays<Role, R>
  void replay(const R& record, sim::OrderId order) {
    Role::replay(record, order);
    if (order != sim::no_order) outcomes[order];  // Every order that came back has a row.
    note(order);
  }

  void replay(const LeaseGiven& lease, sim::OrderId order) { leases.replay(lease, order); }

  void lose_memory() {
    Role::lose_memory();
    outcomes.lose_memory();
  }

  void note(sim::OrderId order) {
    using State = KnownOutcome::State;
    if (order == sim::no_order || outcomes.at(order) != State::undecided) return;
    const State outcome = Role::outcome(order);
    if (outcome != State::undecided) outcomes[order] = outcome;
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Role>(self), std::tie(self.outcomes, self.leases));
  }
};

}  // namespace indoubt::kit
