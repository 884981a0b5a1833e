#include "protocols/saga/choreography/supervised.hpp"

namespace indoubt::saga::choreography {

/// An order is placed when no step is missing any more, and never otherwise.
kit::KnownOutcome::State KnowsOutcome::outcome(sim::OrderId order) const {
  using State = kit::KnownOutcome::State;
  const Order& row = orders.at(order);
  switch (row.phase) {
    case Phase::unknown:
    case Phase::pending: return State::undecided;
    case Phase::placed: return State::committed;
    case Phase::not_placed: return State::aborted;
    case Phase::ended: break;
  }
  return row.missing.is_empty() ? State::committed : State::aborted;
}

/// The same command as the event that did not come, so it does the same, once.
void Settles::settle(bool commits, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  const bool can_be_undone = branch.phase == Phase::unknown || branch.phase == Phase::done;
  if (!commits && can_be_undone) compensate(branch, ctx);
}

}  // namespace indoubt::saga::choreography
