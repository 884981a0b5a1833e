#include "protocols/saga/choreography/supervised.hpp"

namespace indoubt::saga::choreography {

/// An order is placed when no step is missing any more, and never otherwise.
kit::KnownOutcome::State outcome_of(const OrderService::Order& order) {
  using Phase = OrderService::Phase;
  using State = kit::KnownOutcome::State;
  switch (order.phase) {
    case Phase::unknown:
    case Phase::pending: return State::undecided;
    case Phase::placed: return State::committed;
    case Phase::not_placed: return State::aborted;
    case Phase::ended: break;
  }
  return order.missing.is_empty() ? State::committed : State::aborted;
}

}  // namespace indoubt::saga::choreography
