#include "protocols/saga/supervised.hpp"

namespace indoubt::saga {

/// A saga that has nothing to undo ends in the handler in which it fails.
kit::KnownOutcome::State outcome_of(Orchestrator::Phase phase) {
  using Phase = Orchestrator::Phase;
  using State = kit::KnownOutcome::State;
  switch (phase) {
    case Phase::unknown:
    case Phase::forward: return State::undecided;
    case Phase::completing: return State::committed;
    case Phase::compensating:
    case Phase::ended: break;
  }
  return State::aborted;
}

}  // namespace indoubt::saga
