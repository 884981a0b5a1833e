#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "tests/support/catch.hpp"
#include "tests/support/crash_points.hpp"

/// What becomes of an order after a crash, as the tables of protocols say it.
namespace indoubt::test {

/// An order that nobody knows any more counts as aborted.
enum class Expected {
  abort,
  commit,
  as_kept,  ///< it commits if the disk keeps the only record that is not forced
  either,
};

/// What is expected of a disk that keeps this.
inline Expected on_disk(Expected expected, Keep keep) {
  if (expected != Expected::as_kept) return expected;
  switch (keep) {
    case Keep::forced:
    case Keep::torn: return Expected::abort;  // One record is unforced: that is the torn one.
    case Keep::all: return Expected::commit;
    case Keep::some: break;
  }
  return Expected::either;
}

/// What becomes of the order if a node crashes at a stage. A stage begins with a deed, and lasts
/// until the next stage of the same role.
struct Stage {
  std::string_view begins_with;  ///< empty: from the start
  Expected expected;
};

inline Expected at_stage(std::span<const Stage> stages, const CrashPoint& point) {
  Expected expected = Expected::abort;
  for (const Stage& stage : stages) {
    if (stage.begins_with.empty() || point.has_done(stage.begins_with)) expected = stage.expected;
  }
  return expected;
}

inline void require_expected(Expected expected, bool commits) {
  if (expected != Expected::either) REQUIRE(commits == (expected == Expected::commit));
}

/// What must be true after any crash, whoever is still down.
inline void require_one_outcome(const Facts& facts) {
  REQUIRE_FALSE(facts.is_split());
  if (facts.decided(Outcome::abort)) REQUIRE(facts.assigned() == 0);
  REQUIRE_FALSE((facts.has(FactKind::placed) && facts.has(FactKind::not_placed)));
}

/// The order is placed everywhere or nowhere, and the client was told nothing else.
inline void require_whole(const Facts& facts, std::size_t services) {
  require_one_outcome(facts);
  REQUIRE((facts.assigned() == 0 || facts.assigned() == services));
  if (facts.has(FactKind::placed)) REQUIRE(facts.assigned() == services);
  if (facts.has(FactKind::not_placed)) REQUIRE(facts.assigned() == 0);
}

/// The same, and nobody waits.
inline void require_ended(const Facts& facts, std::size_t services) {
  require_whole(facts, services);
  REQUIRE(facts.held() == 0);
}

/// A coordinator that answered is believed; one that crashed before leaves its client without one.
inline void require_answered(const CrashPoint& point, const Facts& facts, bool commits) {
  const bool answers = !is_coordinator(point) || point.has_done("send placed");
  REQUIRE(facts.has(FactKind::placed) == (answers && commits));
  REQUIRE(facts.has(FactKind::not_placed) == (answers && !commits));
}

/// Everybody is up again: the order has ended as expected.
inline void require_repaired(Expected expected, const CrashPoint& point, const Facts& facts,
                             std::size_t services) {
  require_ended(facts, services);
  const bool commits = facts.assigned() != 0;
  require_expected(expected, commits);
  require_answered(point, facts, commits);
}

/// The services that are up have what was decided, and do not wait.
inline void require_ended_without(std::string_view gone, const Facts& facts, bool commits,
                                  std::size_t services) {
  for (std::size_t i = 1; i <= services; ++i) {
    const std::string name = service(i);
    if (name == gone) continue;
    REQUIRE(facts.held({.node = name}) == 0);
    REQUIRE(facts.assigned({.node = name}) == (commits ? 1 : 0));
  }
}

}  // namespace indoubt::test
