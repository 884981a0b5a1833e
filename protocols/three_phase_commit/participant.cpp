#include "protocols/three_phase_commit/participant.hpp"

namespace indoubt::three_phase_commit {

/// The locks are in memory only: a crash before the prepare loses them, and the vote will be no.
/// Only work that can still be prepared counts as done: whoever asks for it anew after the vote has
/// forgotten the first attempt.
void Participant::on(const Work&, Context& ctx) {
  Standing& standing = standings[ctx.order()];
  if (standing.state == State::idle) {
    if (stock.lock(ctx)) {
      standing.state = State::working;
      ctx.arm<WorkTimeout>(2 * settings->vote_timeout);
    } else {
      ctx.write(*this, Refused{});
    }
  }
  ctx.answer(Worked{standing.state == State::working});
}

/// Phase one. A copy of the question gets the same vote again; after an abort that is no, whatever
/// the vote was: nobody counts it any more.
void Participant::on(const Prepare&, Context& ctx) {
  Standing& standing = standings[ctx.order()];
  switch (standing.state) {
    case State::working: return ctx.disk_is_full() ? refuse(standing, ctx) : prepare(ctx);
    case State::waiting: ctx.await_forces(); return ctx.answer(Vote{true});
    case State::precommitted:
    case State::preaborted:
    case State::committed: return;  // A late copy; the coordinator has its answer.
    case State::idle:               // The work was lost in a crash.
    case State::aborted: return refuse(standing, ctx);
  }
}

/// A no must not become a yes, although a late copy of the work could begin it anew after a crash.
void Participant::refuse(Standing& standing, Context& ctx) {
  if (standing.state != State::aborted) abort(ctx);
  ctx.force();
  ctx.answer(Vote{false});
}

/// The vote is a promise to commit later, whatever happens here: it is durable before it is told.
/// The coordinator may wait for other votes for one timeout, and its word takes up to another.
void Participant::prepare(Context& ctx) {
  ctx.cancel<WorkTimeout>();
  ctx.write(*this, Prepared{stock.hold_of(ctx.order())});
  ctx.force();
  ctx.answer(Vote{true});
  ctx.arm<DecisionDue>(2 * settings->vote_timeout);
}

/// Phase three. A service that has not voted yes cannot be told to commit.
void Participant::on(const Commit&, Context& ctx) {
  if (is_in_doubt(standings[ctx.order()].state)) decide(Outcome::commit, ctx);
  acknowledge(ctx);
}

void Participant::on(const Abort&, Context& ctx) {
  if (!is_decided(standings[ctx.order()].state)) decide(Outcome::abort, ctx);
  acknowledge(ctx);
}

/// Only the coordinator tells more than once.
void Participant::acknowledge(Context& ctx) const {
  if (ctx.sender() != settings->coordinator) return;
  ctx.await_forces();
  ctx.answer(Ack{});
}

/// Forced: once acknowledged nobody tells it again, and others may have been told already.
void Participant::decide(Outcome outcome, Context& ctx) {
  outcome == Outcome::commit ? commit(ctx) : abort(ctx);
  ctx.force();
}

/// Told once: a site that misses it asks.
void Participant::conclude(Outcome outcome, Context& ctx) {
  decide(outcome, ctx);
  settings->sites(ctx).for_each(settings->sites(ctx).all_but(ctx.self()), [&](sim::NodeId site) {
    outcome == Outcome::commit ? ctx.send(site, Commit{}) : ctx.send(site, Abort{});
  });
}

void Participant::commit(Context& ctx) {
  ctx.cancel<DecisionDue>();
  ctx.cancel<RoundOver>();
  ctx.write(*this, Committed{stock.units_of(ctx.order())});
}

/// Locks without a yes are in memory only, so there is no record that they are released.
void Participant::abort(Context& ctx) {
  ctx.cancel<WorkTimeout>();
  ctx.cancel<DecisionDue>();
  ctx.cancel<RoundOver>();
  if (!is_in_doubt(standings[ctx.order()].state)) stock.unlock(ctx);
  ctx.write(*this, Aborted{stock.units_of(ctx.order())});
}

/// It has not voted, so it may abort alone.
void Participant::on(const WorkTimeout&, Context& ctx) {
  Standing& standing = standings[ctx.order()];
  if (standing.state == State::working) abort(ctx);
}

/// The locks of orders in doubt came back with the log, before anybody else is served.
void Participant::on(const sim::Restart&, Context& ctx) {
  standings.for_each([&](sim::OrderId order, Standing& standing) {
    Context about = ctx.about(order);
    if (is_in_doubt(standing.state)) resume(standing, about);
  });
}

void Participant::lose_memory() {
  standings.for_each([this](sim::OrderId order, Standing& standing) {
    if (standing.state != State::working) return;
    standing.state = State::idle;
    stock.release(order, stock.units_of(order));
  });
  Site::lose_memory();
  stock.lose_memory();
}

void Participant::replay(const Prepared& record, sim::OrderId order) {
  standings[order].state = State::waiting;
  stock.hold(order, record.hold);
}

void Participant::replay(const Committed& record, sim::OrderId order) {
  standings[order].state = State::committed;
  stock.assign(order, record.units);
}

void Participant::replay(const Aborted& record, sim::OrderId order) {
  standings[order].state = State::aborted;
  stock.release(order, record.units);
}

void Participant::replay(const Refused&, sim::OrderId order) {
  standings[order].state = State::aborted;
}

}  // namespace indoubt::three_phase_commit
