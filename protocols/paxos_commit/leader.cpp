#include "protocols/paxos_commit/leader.hpp"

#include <algorithm>

namespace indoubt::paxos_commit {

void Leader::lead(Context& ctx) {
  Reign& reign = reigns[ctx.order()];
  if (reign.is_over()) return;
  begin_ballot(reign, ctx);
  for (const sim::NodeId acceptor : settings->acceptors) ctx.send(acceptor, Phase1a{reign.ballot});
  ctx.arm<BallotTimeout>(settings->retry.after(reign.attempts++));
}

/// Forced before anybody hears of it: a leader that came back and used its ballot once more could
/// propose something else in it.
void Leader::begin_ballot(Reign& reign, Context& ctx) {
  const auto number = static_cast<std::uint32_t>(settings->acceptors.position(ctx.self()));
  const std::uint32_t round = std::max(reign.ballot.round, reign.heard) + 1;
  reign = {.phase = Phase::asking, .heard = reign.heard, .attempts = reign.attempts};
  ctx.write(*this, BallotBegun{{round, number}});
  ctx.force();
}

/// What was accepted in the highest ballot may have been chosen. Where a quorum has accepted
/// nothing, nothing was chosen in any lower ballot, and nothing will be: that service is aborted.
void Leader::on(const Phase1b& answer, Context& ctx) {
  Reign& reign = reigns[ctx.order()];
  if (reign.phase != Phase::asking || answer.ballot != reign.ballot) return;
  reign.answered.add(settings->acceptors.position(ctx.sender()));
  if (reign.highest < answer.accepted) {
    reign.highest = answer.accepted;
    reign.prepared = answer.prepared;
  } else if (reign.highest == answer.accepted) {
    reign.prepared.bits |= answer.prepared.bits;
  }
  if (reign.answered.count() >= settings->quorum()) propose(reign, reign.prepared, ctx);
}

void Leader::propose(Reign& reign, ServiceSet prepared, Context& ctx) const {
  reign.phase = Phase::proposing;
  reign.answered = {};
  reign.prepared = prepared;
  for (const sim::NodeId acceptor : settings->acceptors) {
    ctx.send(acceptor, Phase2a{reign.ballot, prepared});
  }
}

/// Somebody else leads. This ballot is lost, and the next one must be higher.
void Leader::on(const Outbid& answer, Context& ctx) {
  Reign& reign = reigns[ctx.order()];
  reign.heard = std::max(reign.heard, answer.promised.round);
}

/// Nothing is written: what a quorum has accepted will be found by whoever asks.
bool Leader::learns(const Phase2b& accepted, Context& ctx) {
  Reign& reign = reigns[ctx.order()];
  const bool is_counting = reign.phase == Phase::following || reign.phase == Phase::proposing;
  if (!is_counting || accepted.ballot != reign.ballot) return false;
  if (!completes(reign.answered, accepted, *settings, ctx)) return false;
  const bool all_are_prepared = accepted.prepared == settings->services.of(ctx).all();
  reign.phase = all_are_prepared ? Phase::committed : Phase::aborted;
  ctx.cancel<BallotTimeout>();
  return true;
}

void Leader::tell(Context& ctx) const {
  for (const sim::NodeId service : settings->services.of(ctx)) {
    has_committed(ctx) ? ctx.send(service, Commit{}) : ctx.send(service, Abort{});
  }
}

void Leader::on(const Inquiry&, Context& ctx) {
  switch (reigns[ctx.order()].phase) {
    case Phase::committed: return ctx.answer(Commit{});
    case Phase::aborted: return ctx.answer(Abort{});
    case Phase::following: return lead(ctx);
    case Phase::asking:
    case Phase::proposing: return;  // Whoever asks will be told with the others.
  }
}

void Leader::replay(const BallotBegun& record, sim::OrderId order) {
  reigns[order].ballot = record.ballot;
}

}  // namespace indoubt::paxos_commit
