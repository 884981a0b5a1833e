#include "protocols/tcc/supervised.hpp"

namespace indoubt::tcc {

kit::KnownOutcome::State KnowsOutcome::outcome(sim::OrderId order) const {
  using State = kit::KnownOutcome::State;
  switch (transactions.at(order).phase) {
    case Phase::unknown:
    case Phase::open: return State::undecided;
    case Phase::submitted:
    case Phase::succeeded: return State::committed;
    case Phase::aborting:
    case Phase::failed: break;
  }
  return State::aborted;
}

/// As the manager's command would do it: what was not tried yet must not be tried any more.
void Settles::settle(bool commits, Context& ctx) {
  switch (fence[ctx.order()]) {
    case Fence::tried: return commits ? confirm(ctx) : cancel(ctx);
    case Fence::none:
    case Fence::refused: return commits ? void() : suspend(ctx);
    case Fence::confirmed:
    case Fence::cancelled:
    case Fence::suspended: return;
  }
}

}  // namespace indoubt::tcc
