#pragma once

#include <algorithm>

#include "protocols/three_phase_commit/site.hpp"

/// What the terminations with a backup coordinator have in common: how a site in doubt comes to
/// lead the others, and what it then does, in rounds. To which state it may lead them depends on
/// the termination.
namespace indoubt::three_phase_commit {

/// A site that is told nothing for long asks who is up. The lowest-numbered one that is leads: it
/// makes all others promise to follow no older leader, learns where they stand, moves them to where
/// the outcome can be decided, and decides. A round ends when all have answered, or after a
/// timeout.
template <typename Role>
struct Backup : Role {
  using Role::on;
  using typename Role::Standing;
  using Step = Round::Step;

  void on(const PreAck& ack, Context& ctx) {
    if (ack.ballot == coordinators_ballot) return Role::on(ack, ctx);
    Standing& standing = this->standings[ctx.order()];
    Round& round = standing.round;
    const std::size_t sender = this->settings->sites(ctx).number_of(ctx.sender());
    const bool is_moving = is_in_doubt(standing.state) && round.step == Step::moving;
    const bool is_mine = ack.ballot == round.ballot && ack.state == round.goal;
    if (!is_moving || !is_mine || !round.awaited.has(sender)) return;
    round.awaited.remove(sender);
    round.acknowledged.add(sender);
    if (round.awaited.is_empty() || is_ready(round, ctx)) finish(standing, ctx);
  }

  void on(const RoundOver&, Context& ctx) {
    Standing& standing = this->standings[ctx.order()];
    if (is_in_doubt(standing.state)) go_on(standing, ctx);
  }

  void terminate(Standing& standing, Context& ctx) override {
    if (standing.is_recovering) return Role::terminate(standing, ctx);
    const SiteSet others = this->settings->sites(ctx).all_but(ctx.self());
    standing.round = {.step = Step::asking, .awaited = others};
    this->ask(no_ballot, others, ctx);
    ctx.template arm<RoundOver>(this->settings->vote_timeout);
  }

  /// A site that is recovering cannot be led; one that has promised to follow another leader
  /// refuses.
  void hear(Standing& standing, const StateReport& report, Context& ctx) override {
    if (standing.is_recovering) return Role::hear(standing, report, ctx);
    Round& round = standing.round;
    const std::size_t sender = this->settings->sites(ctx).number_of(ctx.sender());
    const bool is_awaited = round.step == Step::asking || round.step == Step::collecting;
    if (!is_awaited || report.ballot != round.ballot || !round.awaited.has(sender)) return;
    round.awaited.remove(sender);
    round.promised = std::max(round.promised, report.promised);
    const bool follows = round.step == Step::asking || report.promised == round.ballot;
    if (follows && !report.recovering) round.note(sender, report.state, report.attempt);
    if (round.awaited.is_empty()) go_on(standing, ctx);
  }

  /// A round is over.
  void go_on(Standing& standing, Context& ctx) {
    const Round& round = standing.round;
    switch (round.step) {
      case Step::none: return;
      case Step::asking: return has_lower(round, ctx) ? wait(standing, ctx) : lead(standing, ctx);
      case Step::collecting: return settle(standing, ctx);
      case Step::moving: return finish(standing, ctx);
    }
  }

  bool has_lower(const Round& round, const Context& ctx) const {
    const std::size_t self = this->settings->sites(ctx).number_of(ctx.self());
    return (round.heard().bits & ((1u << self) - 1u)) != 0;
  }

  /// The lower one asks, too, when its time has come.
  void wait(Standing& standing, Context& ctx) const {
    standing.round = {};
    ctx.template arm<DecisionDue>(this->settings->retry.after(standing.inquiries++));
  }

  void lead(Standing& standing, Context& ctx) {
    const std::size_t self = this->settings->sites(ctx).number_of(ctx.self());
    const SiteSet up = standing.round.heard();
    const std::uint64_t seen = std::max(standing.promised, standing.round.promised);
    const std::uint64_t ballot = ballot_above(seen, self);
    this->promise(standing, ballot, ctx);
    standing.round = {.step = Step::collecting, .ballot = ballot, .awaited = up};
    standing.round.note(self, standing.state, standing.attempt);
    if (up.is_empty()) return settle(standing, ctx);
    this->ask(ballot, up, ctx);
    ctx.template arm<RoundOver>(this->settings->vote_timeout);
  }

  /// The leader knows where everybody who is up stands: decides, moves them, or waits.
  virtual void settle(Standing& standing, Context& ctx) = 0;

  void move(State goal, Standing& standing, Context& ctx) {
    const std::size_t self = this->settings->sites(ctx).number_of(ctx.self());
    Round& round = standing.round;
    round.step = Step::moving;
    round.goal = goal;
    round.awaited = round.heard();
    round.awaited.remove(self);
    if (this->enter(standing, goal, round.ballot, ctx)) round.acknowledged.add(self);
    if (round.awaited.is_empty()) return finish(standing, ctx);
    this->settings->sites(ctx).for_each(round.awaited, [&](sim::NodeId site) {
      goal == State::precommitted ? ctx.send(site, PreCommit{round.ballot})
                                  : ctx.send(site, PreAbort{round.ballot});
    });
    ctx.template arm<RoundOver>(this->settings->vote_timeout);
  }

  void finish(Standing& standing, Context& ctx) {
    const Round& round = standing.round;
    if (!is_ready(round, ctx) && !this->are_silent_down()) return wait(standing, ctx);
    this->conclude(round.goal == State::precommitted ? Outcome::commit : Outcome::abort, ctx);
  }

  bool is_ready(const Round& round, const Context& ctx) const {
    const int sites = this->settings->sites(ctx).count();
    return round.acknowledged.count() >= this->needed(round.goal, sites);
  }
};

}  // namespace indoubt::three_phase_commit
