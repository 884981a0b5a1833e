#include "protocols/event_sourcing/supervised.hpp"

namespace indoubt::event_sourcing {

kit::KnownOutcome::State KnowsOutcome::outcome(sim::OrderId order) const {
  using State = kit::KnownOutcome::State;
  for (std::uint64_t i = streams.at(order).first; i != 0; i = at(i).next) {
    if (at(i).event == Event::placed) return State::committed;
    if (at(i).event == Event::cancelled) return State::aborted;
  }
  return State::undecided;
}

/// The command of the event that cancels an order: that is the second one of its stream, so the
/// process manager's own command finds this done.
void Settles::settle(bool commits, Context& ctx) {
  constexpr CommandId cancelled = 2;
  if (!commits && branches[ctx.order()].handled < cancelled) give_back(cancelled, ctx);
}

}  // namespace indoubt::event_sourcing
