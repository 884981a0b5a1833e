#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/crash_points.hpp"

/// Crashes at every crash point of a run, whatever the disk keeps, whenever the node is back.
namespace indoubt::test {

/// When a node that crashed is back; nothing: it stays down.
using Restarts = std::vector<std::optional<sim::Duration>>;

/// What disks keep of what is not forced.
inline const std::vector<Keep> all_keeps{Keep::forced, Keep::some, Keep::all, Keep::torn};

/// Which crashes are tried: one for each point, each `keep` and each restart.
struct Crashes {
  const Deployment& of;
  std::vector<Keep> keep = all_keeps;
  Restarts restarts{std::nullopt};
  std::vector<std::string> with{};                   ///< nodes that go down at the same time
  std::function<bool(const CrashPoint&)> only_at{};  ///< empty: at every point
};

/// All declared nodes go down at once, and are back soon.
inline Crashes crashes_of_everybody(const Deployment& deployment,
                                    std::vector<Keep> keep = all_keeps) {
  Crashes crashes{.of = deployment, .keep = std::move(keep), .restarts = {50ms}};
  for (const auto& node : deployment.nodes) crashes.with.push_back(node.name);
  return crashes;
}

namespace detail {

inline std::string text_of(const CrashPoint& point) {
  const NamedFault& crash = point.crash;
  std::string text = point.text + ", keeps " + std::string{name_of(crash.keep)};
  if (crash.nodes.size() > 1) text += ", and all others";
  return text + (crash.restart_after ? ", restarts after " + sim::to_text(*crash.restart_after)
                                     : ", stays down");
}

inline Deployment with_crash(const Deployment& made, const CrashPoint& point) {
  std::vector<NamedFault> faults = made.faults;
  faults.push_back(point.crash);
  return with_faults(made, std::move(faults));
}

}  // namespace detail

/// Visits each crash, and the deployment with it: `visit(const CrashPoint&, const Deployment&)`.
/// Returns at how many points there was one.
template <typename Visit>
std::size_t for_each_crash(const Crashes& crashes, Visit visit) {
  std::size_t points = 0;
  for (CrashPoint point : crash_points(crashes.of)) {
    if (crashes.only_at && !crashes.only_at(point)) continue;
    ++points;
    for (const std::string& node : crashes.with) {
      if (node != point.node()) point.crash.nodes.push_back(node);
    }
    for (const Keep keep : crashes.keep) {
      for (const std::optional<sim::Duration> restart : crashes.restarts) {
        point.crash.keep = keep;
        point.crash.restart_after = restart;
        INFO(detail::text_of(point));
        visit(std::as_const(point), detail::with_crash(crashes.of, point));
      }
    }
  }
  return points;
}

/// Requires after each crash that it took place, that the run came to rest if everybody is up
/// again, and what `require(const CrashPoint&, const Run&)` does. Returns at how many points there
/// was one.
template <typename Require>
std::size_t require_after_each_crash(const Crashes& crashes, Require require) {
  return for_each_crash(crashes, [&](const CrashPoint& point, const Deployment& crashed) {
    const Run run{crashed};
    REQUIRE(run.all_faults_fired());
    if (point.crash.restart_after) {
      REQUIRE(run.world().end_reason() == sim::EndReason::rest);
    }
    require(point, run);
  });
}

}  // namespace indoubt::test
