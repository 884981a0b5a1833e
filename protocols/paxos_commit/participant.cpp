#include "protocols/paxos_commit/participant.hpp"

namespace indoubt::paxos_commit {

/// The locks are in memory only: a crash before the prepare loses them, and the vote will be no.
void Participant::on(const Work&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase != Phase::unknown) return;  // A late copy.
  if (!stock.lock(ctx)) {
    ctx.write(*this, Refused{});
    return refuse(ctx);
  }
  branch.phase = Phase::working;
  ctx.arm<WorkTimeout>(2 * settings->vote_timeout);
  ctx.answer(Worked{});
}

/// It votes once. A vote that is lost is not said again: a leader asks the acceptors what they
/// have.
void Participant::on(const Prepare&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  const bool was_lost = branch.phase == Phase::unknown;  // The work, in a crash.
  const bool is_working = branch.phase == Phase::working;
  if (was_lost || (is_working && ctx.disk_is_full())) return refuse(ctx);
  if (is_working) prepare(ctx);
}

/// The vote is a promise to commit later, whatever happens here: it is durable before it is told.
/// The coordinator may run out of patience first, so that it leads, and nobody else.
void Participant::prepare(Context& ctx) {
  ctx.cancel<WorkTimeout>();
  ctx.write(*this, Prepared{stock.hold_of(ctx.order())});
  ctx.force();
  vote(true, ctx);
  ctx.arm<InquiryDue>(2 * settings->vote_timeout);
}

/// Durable as well: in ballot 0 nobody else proposes for this service, so acceptors must never hear
/// both a yes and a no.
void Participant::refuse(Context& ctx) {
  LocalBranches::abort(ctx);
  ctx.force();
  vote(false, ctx);
}

void Participant::vote(bool yes, Context& ctx) const {
  settings->acceptors.for_each(settings->first_acceptors(),
                               [&](sim::NodeId acceptor) { ctx.send(acceptor, Vote{yes}); });
}

/// A service that is told to commit and is not prepared has committed already: without its yes
/// there is no commit.
void Participant::on(const Commit&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase == Phase::prepared) commit(ctx);
}

/// Not forced: if the record is lost the service is in doubt again, and the acceptors still know.
void Participant::commit(Context& ctx) { LocalBranches::commit(ctx); }

void Participant::on(const Abort&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase != Phase::committed && branch.phase != Phase::aborted) abort(ctx);
}

void Participant::abort(Context& ctx) { LocalBranches::abort(ctx); }

/// It has not voted, so it may vote no.
void Participant::on(const WorkTimeout&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase == Phase::working) refuse(ctx);
}

/// In doubt: any leader can find out, if enough acceptors are up. It asks one after the other.
void Participant::on(const InquiryDue&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase != Phase::prepared) return;
  ctx.send(settings->leader_to_ask(branch.turn), Inquiry{});
  branch.turn = (branch.turn + 1) % settings->leaders();
  ctx.arm<InquiryDue>(settings->retry.after(branch.inquiries++));
}

/// The locks of prepared orders came back with the log, before anybody else is served.
void Participant::on(const sim::Restart&, Context& ctx) {
  branches.for_each([&](sim::OrderId order, Branch& branch) {
    if (branch.phase != Phase::prepared) return;
    Context about = ctx.about(order);
    on(InquiryDue{}, about);
  });
}

}  // namespace indoubt::paxos_commit
