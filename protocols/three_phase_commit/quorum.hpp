#pragma once

#include "protocols/three_phase_commit/backup.hpp"

/// Termination by quorums, which holds also if nodes cannot be told from cut off or slow ones.
/// Source: Skeen, A Quorum-Based Commit Protocol (1982).
namespace indoubt::three_phase_commit {

/// Each site, the coordinator as well, has one vote. An outcome is decided when a majority is
/// durably ready for it, and nobody who is ready for one is ever ready for the other: so any two
/// majorities have a site in common that permits only one. A crash changes nothing in this, and
/// who is up again takes part again.
template <typename Role>
struct Quorum : Backup<Role> {
  using Backup<Role>::on;
  using typename Role::Standing;

  void on(const PreAbort& move, Context& ctx) {
    this->follow(State::preaborted, move.ballot, ctx);
  }

  using Backup<Role>::replay;
  void replay(const Preaborted& record, sim::OrderId order) {
    this->restore(State::preaborted, record.ballot, order);
  }

  void resume(Standing& standing, Context& ctx) override { this->terminate(standing, ctx); }

  bool is_enough(int ready) const override { return 2 * ready > sites(); }
  bool are_silent_down() const override { return false; }
  int sites() const { return static_cast<int>(this->settings->sites()); }

  /// Who waits can be moved either way. A commit needs somebody who knows that all voted yes.
  void settle(Standing& standing, Context& ctx) override {
    const Round& round = standing.round;
    const int waiting = round.waiting.count();
    const int committable = round.precommitted.count();
    if (committable > 0 && this->is_enough(committable + waiting)) {
      this->move(State::precommitted, standing, ctx);
    } else if (this->is_enough(round.preaborted.count() + waiting)) {
      this->move(State::preaborted, standing, ctx);
    } else {
      this->wait(standing, ctx);
    }
  }
};

}  // namespace indoubt::three_phase_commit
