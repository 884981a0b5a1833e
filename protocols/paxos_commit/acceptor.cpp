#include "protocols/paxos_commit/acceptor.hpp"

namespace indoubt::paxos_commit {

/// Every vote is an instance of its own, but one force and one message do for all of them: it waits
/// until it has all votes, or the first no. What it has not told it may forget in a crash.
void Acceptor::on(const Vote& vote, Context& ctx) {
  Acceptance acceptance = acceptances[ctx.order()];
  const std::size_t service = settings->services.of(ctx).position(ctx.sender());
  if (!acceptance.promised.is_first() || acceptance.known.has(service)) return;
  acceptance.known.add(service);
  if (vote.yes) acceptance.prepared.add(service);
  ctx.write(*this, Accepted{acceptance});
  const bool has_all = acceptance.known == settings->services.of(ctx).all();
  if (!has_all && vote.yes) return;
  ctx.force();
  tell_accepted(acceptance.prepared, ctx);
}

void Acceptor::tell_accepted(ServiceSet prepared, Context& ctx) const {
  ctx.send(settings->coordinator, Phase2b{Ballot{}, prepared});
}

/// The promise is durable before it is given, and with it the votes that it has accepted so far.
void Acceptor::on(const Phase1a& question, Context& ctx) {
  Acceptance acceptance = acceptances[ctx.order()];
  if (question.ballot < acceptance.promised) return ctx.answer(Outbid{acceptance.promised});
  if (acceptance.promised < question.ballot) {
    acceptance.promised = question.ballot;
    ctx.write(*this, Accepted{acceptance});
    ctx.force();
  }
  ctx.await_forces();
  ctx.answer(Phase1b{question.ballot, acceptance.ballot, acceptance.prepared});
}

void Acceptor::on(const Phase2a& proposal, Context& ctx) {
  const Acceptance& acceptance = acceptances[ctx.order()];
  if (proposal.ballot < acceptance.promised) return ctx.answer(Outbid{acceptance.promised});
  if (acceptance.ballot < proposal.ballot) {
    ctx.write(*this, Accepted{{.promised = proposal.ballot,
                               .ballot = proposal.ballot,
                               .known = settings->services.of(ctx).all(),
                               .prepared = proposal.prepared}});
    ctx.force();
  }
  ctx.await_forces();
  ctx.answer(Phase2b{proposal.ballot, proposal.prepared});
}

void Acceptor::on(const Phase2b& accepted, Context& ctx) {
  if (leader.learns(accepted, ctx)) leader.tell(ctx);
}

void Acceptor::replay(const Accepted& record, sim::OrderId order) {
  acceptances[order] = record.acceptance;
}

}  // namespace indoubt::paxos_commit
