#include "protocols/three_phase_commit/site.hpp"

#include <algorithm>

namespace indoubt::three_phase_commit {

void Round::note(std::size_t site, State state, std::uint64_t under) {
  if (state == State::waiting) waiting.add(site);
  if (state == State::precommitted) precommitted.add(site);
  if (state == State::preaborted) preaborted.add(site);
  const bool is_precommitted = state == State::precommitted;
  is_committable =
      under > attempt ? is_precommitted : is_committable && (under < attempt || is_precommitted);
  attempt = std::max(attempt, under);
}

/// A site that has not voted yes when another one asks never will, so there can be no commit.
void Site::on(const StateRequest& request, Context& ctx) {
  Standing& standing = standings[ctx.order()];
  if (standing.state < State::waiting) decide(Outcome::abort, ctx);
  if (is_in_doubt(standing.state) && request.ballot > standing.promised) {
    promise(standing, request.ballot, ctx);
    standing.round = {};
    ctx.arm<DecisionDue>(2 * settings->vote_timeout);
  }
  ctx.await_forces();
  ctx.answer(StateReport{request.ballot, standing.promised, standing.attempt, standing.state,
                         standing.is_recovering});
}

void Site::promise(Standing& standing, std::uint64_t ballot, Context&) {
  standing.promised = ballot;
}

/// Phase two, at every site that is told.
void Site::on(const PreCommit& move, Context& ctx) {
  follow(State::precommitted, move.ballot, ctx);
}

void Site::follow(State goal, std::uint64_t ballot, Context& ctx) {
  Standing& standing = standings[ctx.order()];
  if (!is_in_doubt(standing.state) || ballot < standing.promised) return;
  if (!enter(standing, goal, ballot, ctx)) return;
  standing.round = {};
  ctx.await_forces();
  ctx.answer(PreAck{ballot, goal});
  ctx.arm<DecisionDue>(2 * settings->vote_timeout);
}

bool Site::enter(const Standing& standing, State goal, std::uint64_t ballot, Context& ctx) {
  if (standing.state == State::waiting) write(goal, ballot, ctx);
  return standing.state == goal;
}

/// Others will rely on it, so it is durable before it is told.
void Site::write(State state, std::uint64_t ballot, Context& ctx) {
  if (state == State::precommitted) {
    ctx.write(*this, Precommitted{ballot});
  } else {
    ctx.write(*this, Preaborted{ballot});
  }
  ctx.force();
}

void Site::on(const DecisionDue&, Context& ctx) {
  Standing& standing = standings[ctx.order()];
  if (is_in_doubt(standing.state)) terminate(standing, ctx);
}

/// It asks all sites in each round: if all of them have crashed since they voted, the answers of
/// one round are as good as everybody's log.
void Site::terminate(Standing& standing, Context& ctx) {
  const SiteSet others = settings->sites(ctx).all_but(ctx.self());
  standing.round = {.awaited = others};
  ask(no_ballot, others, ctx);
  ctx.arm<DecisionDue>(settings->retry.after(standing.inquiries++));
}

void Site::ask(std::uint64_t ballot, SiteSet sites, Context& ctx) const {
  settings->sites(ctx).for_each(sites,
                                [&](sim::NodeId site) { ctx.send(site, StateRequest{ballot}); });
}

void Site::resume(Standing& standing, Context& ctx) {
  standing.is_recovering = true;
  terminate(standing, ctx);
}

/// A decision is a decision, whichever site passes it on.
void Site::on(const StateReport& report, Context& ctx) {
  Standing& standing = standings[ctx.order()];
  if (!is_in_doubt(standing.state)) return;
  if (report.state == State::committed) return decide(Outcome::commit, ctx);
  if (report.state == State::aborted) return decide(Outcome::abort, ctx);
  hear(standing, report, ctx);
}

/// All have crashed, all are up again, and nobody had decided. Where they stand can no longer
/// change, so whoever has asked all of them comes to the same end.
void Site::hear(Standing& standing, const StateReport& report, Context& ctx) {
  const std::size_t sender = settings->sites(ctx).number_of(ctx.sender());
  Round& round = standing.round;
  if (!standing.is_recovering || !report.recovering || !round.awaited.has(sender)) return;
  round.awaited.remove(sender);
  round.note(sender, report.state, report.attempt);
  if (!round.awaited.is_empty()) return;
  const bool is_precommitted =
      standing.state == State::precommitted || !round.precommitted.is_empty();
  conclude(sim::outcome_of(is_precommitted), ctx);
}

void Site::lose_memory() {
  standings.lose_memory([this](Standing& standing) {
    standing = {.state = standing.state,
                .promised = promise_on_record(standing),
                .attempt = standing.attempt};
  });
}

void Site::replay(const Precommitted& record, sim::OrderId order) {
  restore(State::precommitted, record.ballot, order);
}

void Site::replay(const Preaborted& record, sim::OrderId order) {
  restore(State::preaborted, record.ballot, order);
}

void Site::restore(State state, std::uint64_t ballot, sim::OrderId order) {
  Standing& standing = standings[order];
  standing.state = state;
  standing.attempt = ballot;
  standing.promised = std::max(standing.promised, ballot);
}

}  // namespace indoubt::three_phase_commit
