#include "protocols/saga/supervised.hpp"

namespace indoubt::saga {

/// A saga that has nothing to undo ends in the handler in which it fails.
business::KnownOutcome::State KnowsOutcome::outcome(sim::OrderId order) const {
  using State = business::KnownOutcome::State;
  switch (instances.at(order).phase) {
    case Phase::unknown:
    case Phase::forward: return State::undecided;
    case Phase::completing: return State::committed;
    case Phase::compensating:
    case Phase::ended: break;
  }
  return State::aborted;
}

}  // namespace indoubt::saga
