#pragma once

#include "tests/support/crash_outcomes.hpp"
#include "tests/support/each_crash.hpp"

/// What becomes of an order of two-phase commit when a node crashes once in its good case.
namespace indoubt::test {

/// The commit point is the force of the decision. Before it nobody was told, so both outcomes are
/// legal, and what the disk kept decides.
inline constexpr Stage coordinator_stages[] = {
    {"", Expected::abort},
    {"append commit_decision", Expected::as_kept},
    {"forced commit_decision", Expected::commit},
};

/// Until the vote has left, the coordinator waits in vain. From then on it commits.
inline constexpr Stage participant_stages[] = {
    {"", Expected::abort},
    {"append prepared", Expected::abort},
    {"forced prepared", Expected::abort},
    {"send vote", Expected::commit},
    {"append committed", Expected::commit},
    {"forced committed", Expected::commit},
};

inline Expected expected_at(const CrashPoint& point) {
  const Expected expected = is_coordinator(point) ? at_stage(coordinator_stages, point)
                                                  : at_stage(participant_stages, point);
  return on_disk(expected, point.crash.keep);
}

}  // namespace indoubt::test
