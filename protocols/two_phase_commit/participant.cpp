#include "protocols/two_phase_commit/participant.hpp"

namespace indoubt::two_phase_commit {

/// The locks are in memory only: a crash before the prepare loses them, and the vote will be no.
/// Only work that can still be prepared counts as done: whoever asks for it anew after the vote has
/// forgotten the first attempt.
void Participant::on(const Work&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase == Phase::unknown) {
    if (stock.lock(ctx)) {
      branch.phase = Phase::working;
      ctx.arm<WorkTimeout>(2 * settings->vote_timeout);
    } else {
      ctx.write(*this, Refused{});
    }
  }
  ctx.answer(Worked{branch.phase == Phase::working});
}

/// Answers with the vote, and a copy of the question with the same vote again. After an abort that
/// is no, whatever the vote was: nobody counts it any more.
void Participant::on(const Prepare&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  switch (branch.phase) {
    case Phase::working: return ctx.disk_is_full() ? refuse(branch, ctx) : prepare(ctx);
    case Phase::prepared: ctx.await_forces(); return ctx.answer(Vote{true});
    case Phase::read:
    case Phase::committed: return;  // A late copy; the coordinator has its answer.
    case Phase::unknown:            // The work was lost in a crash.
    case Phase::aborted: return refuse(branch, ctx);
  }
}

/// A no must not become a yes, either. Nobody needs the record to abort, so the literature does not
/// force it; but here a late copy of the work could begin it anew after a crash.
void Participant::refuse(Branch& branch, Context& ctx) {
  if (branch.phase != Phase::aborted) abort(ctx);
  ctx.force();
  ctx.answer(Vote{false});
}

/// The vote is a promise to commit later, whatever happens here: it is durable before it is told.
void Participant::prepare(Context& ctx) {
  ctx.cancel<WorkTimeout>();
  ctx.write(*this, Prepared{stock.hold_of(ctx.order())});
  ctx.force();
  ctx.answer(Vote{true});
  await_decision(ctx);
}

void Participant::await_decision(Context& ctx) const {
  ctx.arm<InquiryDue>(settings->vote_timeout);
}

/// A service that is told to commit and is not prepared has committed already: without its yes
/// there is no commit.
void Participant::on(const Commit&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase == Phase::prepared) {
    commit(ctx);
    ctx.force();  // Once acknowledged, nobody will tell it again.
  }
  ctx.await_forces();
  ctx.answer(Ack{});
}

/// Not forced and not acknowledged: if the record is lost, the service asks again and the
/// coordinator, which has no record either, answers the same.
void Participant::on(const Abort&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase != Phase::committed && branch.phase != Phase::aborted) abort(ctx);
}

/// It has not voted, so it may abort alone.
void Participant::on(const WorkTimeout&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase == Phase::working) abort(ctx);
}

/// In doubt: only the coordinator knows the outcome, and guessing would break the promise.
void Participant::on(const InquiryDue&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase != Phase::prepared) return;
  ask_for_outcome(ctx);
  ctx.arm<InquiryDue>(settings->retry.after(branch.inquiries++));
}

void Participant::ask_for_outcome(Context& ctx) const {
  ctx.send(settings->coordinator, Inquiry{});
}

/// The locks of prepared orders came back with the log, before anybody else is served.
void Participant::on(const sim::Restart&, Context& ctx) {
  branches.for_each([&](sim::OrderId order, Branch& branch) {
    if (branch.phase != Phase::prepared) return;
    Context about = ctx.about(order);
    on(InquiryDue{}, about);
  });
}

}  // namespace indoubt::two_phase_commit
