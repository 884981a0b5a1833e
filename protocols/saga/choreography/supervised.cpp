#include "protocols/saga/choreography/supervised.hpp"

namespace indoubt::saga::choreography {

kit::KnownOutcome::State outcome_of(const OrderService::Order& order) {
  using Phase = OrderService::Phase;
  using State = kit::KnownOutcome::State;
  switch (order.phase) {
    case Phase::unknown:
    case Phase::pending: return State::undecided;
    case Phase::placed:
    case Phase::told_placed: return State::committed;
    case Phase::not_placed:
    case Phase::told_not_placed: break;
  }
  return State::aborted;
}

}  // namespace indoubt::saga::choreography
