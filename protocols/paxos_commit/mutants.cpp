#include "protocols/paxos_commit/mutants.hpp"

namespace indoubt::paxos_commit::mutants {

void AbortsWithoutPhase1::on(const Inquiry& inquiry, Context& ctx) {
  Leader::Reign& reign = leader.reigns[ctx.order()];
  if (reign.phase != Leader::Phase::following) return Acceptor::on(inquiry, ctx);
  leader.begin_ballot(reign, ctx);
  leader.propose(reign, ServiceSet{}, ctx);
}

void AcceptsBeforeForce::on(const Vote& vote, Context& ctx) {
  Acceptance acceptance = acceptances[ctx.order()];
  const std::size_t service = settings->services.of(ctx).position(ctx.sender());
  if (!acceptance.promised.is_first() || acceptance.known.has(service)) return;
  acceptance.known.add(service);
  if (vote.yes) acceptance.prepared.add(service);
  ctx.write(*this, Accepted{acceptance});
  const bool has_all = acceptance.known == settings->services.of(ctx).all();
  if (has_all || !vote.yes) tell_accepted(acceptance.prepared, ctx);
}

void BreaksPromise::on(const Vote& vote, Context& ctx) {
  Acceptance acceptance = acceptances[ctx.order()];
  const std::size_t service = settings->services.of(ctx).position(ctx.sender());
  if (acceptance.promised.is_first()) return Acceptor::on(vote, ctx);
  if (vote.yes) acceptance.prepared.add(service);
  ctx.write(*this, Accepted{acceptance});
  ctx.force();
  tell_accepted(acceptance.prepared, ctx);
}

void TimeoutAborts::on(const VoteTimeout&, Context& ctx) {
  transactions[ctx.order()].phase = Phase::voting;
  Leader::Reign& reign = leader.reigns[ctx.order()];
  if (reign.is_over()) return;
  reign.phase = Leader::Phase::aborted;
  ctx.reply(kit::NotPlaced{});
  leader.tell(ctx);
}

void VoteWithoutPrepared::on(const Prepare& question, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase != Phase::working) return Participant::on(question, ctx);
  ctx.cancel<WorkTimeout>();
  ctx.write(*this, Prepared{stock.hold_of(ctx.order())});
  vote(true, ctx);
  ctx.arm<InquiryDue>(2 * settings->vote_timeout);
}

void AsksOneLeader::on(const InquiryDue&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase != Phase::prepared) return;
  ctx.send(settings->coordinator, Inquiry{});
  ctx.arm<InquiryDue>(settings->retry.after(branch.inquiries++));
}

void LearnsFromOne::on(const Phase2b&, Context& ctx) {
  Branch& branch = branches[ctx.order()];
  if (branch.phase == Phase::prepared) commit(ctx);
}

}  // namespace indoubt::paxos_commit::mutants
