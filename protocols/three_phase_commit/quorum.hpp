#pragma once

#include "protocols/three_phase_commit/backup.hpp"

/// Termination by quorums, which holds also if nodes cannot be told from cut off or slow ones.
/// Source: Skeen, A Quorum-Based Commit Protocol (1982).
namespace indoubt::three_phase_commit {

/// Each site, the coordinator as well, has one vote. An outcome is decided when a quorum is durably
/// ready for it, and a site that is ready for one is never ready for the other. As any quorum to
/// commit and any quorum to abort have a site in common, only one of them can come about. A crash
/// does not change that, so a site takes part again when it is up again.
template <typename Role>
struct Quorum : Backup<Role> {
  using Backup<Role>::on;
  using typename Role::Standing;

  void on(const PreAbort& move, Context& ctx) { this->follow(State::preaborted, move.ballot, ctx); }

  void resume(Standing& standing, Context& ctx) override { this->terminate(standing, ctx); }

  bool are_silent_down() const override { return false; }

  /// The two quorums together are one more than there are sites. If they were fewer, they could be
  /// disjoint; if they were more, all sites could be up and neither side have enough.
  int needed(State goal, int sites) const override {
    const int to_commit = sites / 2 + 1;
    return goal == State::precommitted ? to_commit : sites + 1 - to_commit;
  }

  /// Sites that wait can be moved either way. A commit needs a site that knows that all voted yes.
  void settle(Standing& standing, Context& ctx) override {
    const Round& round = standing.round;
    const int sites = this->settings->sites(ctx).count();
    const int waiting = round.waiting.count();
    const int committable = round.precommitted.count();
    const int abortable = round.preaborted.count();
    if (committable > 0 && committable + waiting >= this->needed(State::precommitted, sites)) {
      this->move(State::precommitted, standing, ctx);
    } else if (abortable + waiting >= this->needed(State::preaborted, sites)) {
      this->move(State::preaborted, standing, ctx);
    } else {
      this->wait(standing, ctx);
    }
  }
};

}  // namespace indoubt::three_phase_commit
