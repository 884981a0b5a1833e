#include "protocols/reservation/supervised.hpp"

namespace indoubt::reservation {

kit::KnownOutcome::State KnowsOutcome::outcome(sim::OrderId order) const {
  using State = kit::KnownOutcome::State;
  switch (transactions.at(order).phase) {
    case Phase::unknown:
    case Phase::reserving:
    case Phase::assigning: return State::undecided;
    case Phase::releasing:
    case Phase::released: return State::aborted;
    case Phase::placed:
    case Phase::told_placed: break;
  }
  return State::committed;
}

bool Settles::is_unfinished(sim::OrderId order) const {
  const Phase phase = phases.at(order);
  return phase == Phase::held || phase == Phase::assigned;
}

/// What is placed was assigned before, so there is nothing to do for it.
void Settles::settle(bool commits, Context& ctx) {
  if (!commits && phases[ctx.order()] != Phase::released) release(ctx);
}

}  // namespace indoubt::reservation
