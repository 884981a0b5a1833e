#pragma once

#include "protocols/three_phase_commit/participant.hpp"

/// Termination by timeouts: a site that hears nothing draws its own conclusion. Source: Skeen
/// (1981); the question before the abort is not there, and `textbook` is what comes of leaving it
/// out.
namespace indoubt::three_phase_commit {

/// A site that is precommitted commits. One that waits asks all others first: one of them may be
/// precommitted, and about to commit. A site that does not answer in time is taken to have crashed
/// before it was precommitted.
struct TimeoutParticipant : Participant {
  using Participant::on;
  void on(const RoundOver&, Context& ctx);

  void terminate(Standing& standing, Context& ctx) override;
  void hear(Standing& standing, const StateReport& report, Context& ctx) override;
};

}  // namespace indoubt::three_phase_commit
