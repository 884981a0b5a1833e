#pragma once

#include "protocols/three_phase_commit/backup.hpp"
#include "protocols/three_phase_commit/participant.hpp"

/// Termination by a backup coordinator, if only crashes happen. Source: Skeen (1981); Bernstein,
/// Hadzilacos, Goodman (1987), section 7.5.
namespace indoubt::three_phase_commit {

/// The states of the sites that are up decide. The others are taken to have crashed. None of them
/// can have committed while one that is up is still waiting: before any site commits, all that are
/// up are precommitted.
struct SkeenParticipant : Backup<Participant> {
  void settle(Standing& standing, Context& ctx) override {
    const bool nobody_commits = standing.round.precommitted.is_empty();
    nobody_commits ? conclude(Outcome::abort, ctx) : move(State::precommitted, standing, ctx);
  }
};

}  // namespace indoubt::three_phase_commit
