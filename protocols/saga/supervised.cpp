#include "protocols/saga/supervised.hpp"

namespace indoubt::saga {

kit::KnownOutcome::State outcome_of(Orchestrator::Phase phase) {
  using Phase = Orchestrator::Phase;
  using State = kit::KnownOutcome::State;
  switch (phase) {
    case Phase::unknown:
    case Phase::forward: return State::undecided;
    case Phase::completing:
    case Phase::completed: return State::committed;
    case Phase::compensating:
    case Phase::compensated: break;
  }
  return State::aborted;
}

}  // namespace indoubt::saga
