#pragma once

#include "protocols/three_phase_commit/quorum.hpp"

/// Enhanced three-phase commit: as the quorum termination, but a majority that is connected never
/// waits. Source: Keidar, Dolev, Increasing the Resilience of Distributed and Replicated Database
/// Systems (1998).
namespace indoubt::three_phase_commit {

/// What differs: a site may go over from one side to the other, if a later leader wants it to. So
/// it remembers under which ballot it came where it stands (last attempt), and which ballot it
/// follows (last elected), durably, before it says where it stands.
template <typename Role>
struct E3pc : Quorum<Role> {
  using typename Role::Standing;

  using Quorum<Role>::replay;
  void replay(const Elected& record, sim::OrderId order) {
    this->standings[order].promised = record.ballot;
  }

  void promise(Standing&, std::uint64_t ballot, Context& ctx) override {
    ctx.write(*this, Elected{ballot});
    ctx.force();
  }
  std::uint64_t promise_on_record(const Standing& standing) const override {
    return standing.promised;
  }

  bool enter(const Standing& standing, State goal, std::uint64_t ballot, Context& ctx) override {
    const bool is_there = standing.state == goal && standing.attempt == ballot;
    if (!is_there) this->write(goal, ballot, ctx);
    return true;
  }

  /// A majority for either outcome: any two majorities have a site in common, so it learns whether
  /// others were ready for the other outcome before.
  int needed(State, int sites) const override { return sites / 2 + 1; }

  /// The latest attempt may have succeeded, so it is repeated; an older one cannot have. Where
  /// there was none, or one to abort, nobody can have committed.
  void settle(Standing& standing, Context& ctx) override {
    const Round& round = standing.round;
    const State goal = round.is_committable ? State::precommitted : State::preaborted;
    const int sites = this->settings->sites(ctx).count();
    if (round.heard().count() < needed(goal, sites)) return this->wait(standing, ctx);
    this->move(goal, standing, ctx);
  }
};

}  // namespace indoubt::three_phase_commit
