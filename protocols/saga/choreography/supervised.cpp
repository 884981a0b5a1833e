#include "protocols/saga/choreography/supervised.hpp"

namespace indoubt::saga::choreography {

/// An order is placed when no step is missing any more, and never otherwise.
void SupervisedOrderService::on(const business::AskOutcome&, Context& ctx) {
  using State = business::KnownOutcome::State;
  const Order& order = orders[ctx.order()];
  switch (order.phase) {
    case Phase::unknown:
    case Phase::pending: return ctx.answer(business::KnownOutcome{State::undecided});
    case Phase::placed:
    case Phase::not_placed:
    case Phase::ended: break;
  }
  const bool is_placed = order.missing.is_empty();
  ctx.answer(business::KnownOutcome{is_placed ? State::committed : State::aborted});
}

void SupervisedOrderService::replay(const OrderPlaced& record, sim::OrderId order) {
  OrderService::replay(record, order);
  orders[order].missing = {};
}

void SupervisedParticipant::on(const Deliver& event, Context& ctx) {
  const bool was_unfinished = is_unfinished(ctx.order());
  Participant::on(event, ctx);
  if (was_unfinished == is_unfinished(ctx.order())) return;
  was_unfinished ? ctx.cancel<business::ReviewDue>() : watch(ctx);
}

/// The same command as the event that did not come, so it does the same, once. That a step stands
/// is not forced: without the record it is asked for again.
void SupervisedParticipant::on(const business::Settle& repair, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  const bool can_be_undone = branch.phase == Phase::unknown || branch.phase == Phase::done;
  if (repair.commits == 0) {
    if (can_be_undone) compensate(branch, ctx);
  } else if (is_unfinished(ctx.order())) {
    watches[ctx.order()].is_over = true;
    ctx.append(StepCompleted{});
  }
  ctx.cancel<business::ReviewDue>();
}

/// How long it was down nobody knows, so what it finds counts as new.
void SupervisedParticipant::on(const sim::Restart& restart, Context& ctx) {
  Participant::on(restart, ctx);
  for (std::uint32_t i = 0; i < branches.rows.size(); ++i) {
    Context about = ctx.about(sim::OrderId{i});
    if (is_unfinished(about.order())) watch(about);
  }
}

bool SupervisedParticipant::is_unfinished(sim::OrderId order) const {
  return branches.at(order).phase == Phase::done && !watches.at(order).is_over;
}

void SupervisedParticipant::watch(Context& ctx) {
  watches[ctx.order()].since = ctx.now();
  review(ctx);
}

void SupervisedParticipant::review(Context& ctx) const {
  if (!is_unfinished(ctx.order())) return;
  const sim::Duration age = ctx.now() - watches.at(ctx.order()).since;
  ctx.send(settings->supervisor, business::Unfinished{age.count()});
  ctx.arm<business::ReviewDue>(settings->review);
}

}  // namespace indoubt::saga::choreography
