#include "protocols/parallel_commits/participant.hpp"

namespace indoubt::parallel_commits {

/// A write that comes twice finds its intent, and one that comes too late was prevented.
void Participant::write(Context& ctx) {
  Branch& branch = branches[ctx.order()];
  switch (branch.phase) {
    case Phase::unknown: return stock.lock(ctx) ? lay_down(ctx) : refuse(ctx);
    case Phase::intent:
    case Phase::committed: ctx.await_forces(); return ctx.answer(IntentWritten{true});
    case Phase::refused: ctx.await_forces(); return ctx.answer(IntentWritten{false});
    case Phase::aborted: return;  // A late copy; the record says the rest.
  }
}

void Participant::lay_down(Context& ctx) {
  ctx.write(*this, Intent{stock.hold_of(ctx.order())});
  ctx.force();
  ctx.answer(IntentWritten{true});
  ctx.arm<PushDue>(settings->heartbeat_expiry);
}

void Participant::refuse(Context& ctx) {
  ctx.write(*this, Refused{});
  ctx.force();
  ctx.answer(IntentWritten{false});
}

/// Whether an intent is there is asked to learn whether the transaction is committed. If it is not,
/// that answer must stay true: a write that comes later fails.
void Participant::on(const QueryIntent&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase == Phase::unknown) {
    resolve(branch, Outcome::abort, ctx);
    ctx.force();
  }
  ctx.await_forces();
  ctx.answer(IntentStatus{branch.phase == Phase::intent || branch.phase == Phase::committed});
}

/// Not forced: if it is lost the intent is there again, and the record still says the same.
void Participant::on(const Resolve& record, Context& ctx) {
  resolve(branches[ctx.order()], record.outcome(), ctx);
}

void Participant::resolve(const Branch& branch, Outcome outcome, Context& ctx) {
  const kit::UnitList units = stock.units_of(ctx.order());
  const bool has_intent = branch.phase == Phase::intent;
  if (has_intent) ctx.cancel<PushDue>();
  if (has_intent && outcome == Outcome::commit) {
    ctx.write(*this, Committed{units});
  } else if (outcome == Outcome::abort && (has_intent || branch.phase == Phase::unknown)) {
    ctx.write(*this, Aborted{units});
  }
}

void Participant::on(const Commit&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase == Phase::intent) end(branch, Outcome::commit, ctx);
}

/// Without a record nobody has promised anything: it is aborted, and cannot be staged any more.
void Participant::on(const Push&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  ctx.await_forces();
  if (branch.phase == Phase::intent) return ctx.answer(Staging{});
  if (branch.phase == Phase::unknown) end(branch, Outcome::abort, ctx);
  answer_record(branch, ctx);
}

/// Another pusher may have ended it since, with the same outcome.
void Participant::on(const Recover& recovery, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  const Outcome outcome = sim::outcome_of(recovery.commits);
  if (branch.phase == Phase::intent) end(branch, outcome, ctx);
  answer_record(branch, ctx);
}

/// Durable before anybody hears of it, because they resolve their intents.
void Participant::end(const Branch& branch, Outcome outcome, Context& ctx) {
  resolve(branch, outcome, ctx);
  ctx.force();
  for (const sim::NodeId service : settings->services.of(ctx)) {
    if (service != ctx.self()) ctx.send(service, Resolve{outcome == Outcome::commit});
  }
}

void Participant::answer_record(const Branch& branch, Context& ctx) const {
  ctx.await_forces();
  ctx.answer(Resolve{branch.phase == Phase::committed});
}

/// Its coordinator may be gone, or slow. Pushing does no harm either way.
void Participant::on(const PushDue&, Context& ctx) {
  if (is_in_doubt(ctx)) pusher.push(ctx);
}

void Participant::on(const Staging&, Context& ctx) {
  if (is_in_doubt(ctx)) pusher.query(ctx);
}

void Participant::on(const IntentStatus& status, Context& ctx) {
  if (is_in_doubt(ctx)) pusher.on(status, ctx);
}

/// The intents came back with the log, before anybody else is served. How old they are is not
/// known.
void Participant::on(const sim::Restart&, Context& ctx) {
  branches.for_each([&](sim::OrderId order, Branch& branch) {
    if (branch.phase != Phase::intent) return;
    ctx.about(order).arm<PushDue>(settings->heartbeat_expiry);
  });
}

void Participant::lose_memory() {
  stock.lose_memory();
  branches.lose_memory();
  pusher.pushed = {};
}

void Participant::replay(const Intent& record, sim::OrderId order) {
  branches[order].phase = Phase::intent;
  stock.hold(order, record.hold);
}

void Participant::replay(const Committed& record, sim::OrderId order) {
  branches[order].phase = Phase::committed;
  stock.assign(order, record.units);
}

void Participant::replay(const Aborted& record, sim::OrderId order) {
  branches[order].phase = record.units.count != 0 ? Phase::aborted : Phase::refused;
  stock.release(order, record.units);
}

void Participant::replay(const Refused&, sim::OrderId order) {
  branches[order].phase = Phase::refused;
}

}  // namespace indoubt::parallel_commits
