#pragma once

#include "protocols/three_phase_commit/backup.hpp"
#include "protocols/three_phase_commit/participant.hpp"

/// Termination by a backup coordinator, if only crashes happen. Source: Skeen (1981); Bernstein,
/// Hadzilacos, Goodman (1987), section 7.5.
namespace indoubt::three_phase_commit {

/// The states of those who are up decide. Who is not is taken to have crashed: it cannot have
/// committed, because before anybody did everybody else who was up was precommitted.
struct SkeenParticipant : Backup<Participant> {
  void settle(Standing& standing, Context& ctx) override {
    const bool nobody_commits = standing.round.precommitted.is_empty();
    nobody_commits ? conclude(Outcome::abort, ctx) : move(State::precommitted, standing, ctx);
  }
};

}  // namespace indoubt::three_phase_commit
