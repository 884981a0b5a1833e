#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/base/ids.hpp"
#include "sim/base/random.hpp"
#include "sim/base/time.hpp"

namespace indoubt::sim {

/// How long a run may drain that is so long, unless a scenario says otherwise.
constexpr Duration usual_drain(TrueTime sim_time) {
  return 20 * std::min(sim_time.time_since_epoch(), Duration::max() / 100);
}

/// Bounds of a run.
struct Limits {
  TrueTime sim_time{60s};  ///< clients arrive until then
  /// How long a run may go on after that, until it is at rest or nothing but retries is left.
  Duration drain = usual_drain(TrueTime{60s});
  std::uint64_t events = 2'000'000;
  TrueTime quiet_after{30s};  ///< faults stop here, and liveness is owed
  Duration blocked{10s};      ///< longest time in doubt that `non-blocking` tolerates

  /// When a drain is over that begins at `begin`.
  TrueTime drain_end(TrueTime begin) const { return drain > never - begin ? never : begin + drain; }
  bool operator==(const Limits&) const = default;
};

/// For which forces what a node lets out has to wait.
enum class Output : std::uint8_t {
  ordered,      ///< for all that were asked for before: it leaves in the order of the handlers
  by_handling,  ///< for those of the same handling, as where each request has its thread
};
/// "ordered", "by-handling".
constexpr std::string_view name_of(Output output) {
  return output == Output::ordered ? "ordered" : "by-handling";
}

struct DiskSpec {
  Distribution force = Distribution::constant(1ms);
  bool group_commit = false;        ///< go on handling messages while a force is pending
  Output output = Output::ordered;  ///< by handling with group commit only
  bool operator==(const DiskSpec&) const = default;
};

/// How long a node works on what arrives. It works on one message at a time.
struct WorkSpec {
  Distribution time = Distribution::constant(Duration{0});  ///< for each message
  /// So many messages wait at most, and what does not fit is lost; 0: as many as come.
  std::uint32_t queue = 0;
  /// What has waited for longer is not worked on, and lost; 0: everything is.
  Duration deadline{};

  /// Whether it takes any time.
  bool takes_time() const { return time != Distribution::constant(Duration{0}); }
  bool operator==(const WorkSpec&) const = default;
};

/// How messages travel, on one link or by default.
struct LinkQuality {
  Distribution latency = Distribution::constant(5ms);
  Probability loss{};
  Probability duplicate{};
  Probability corrupt{};  ///< damaged, found by checksum and dropped
  bool fifo = false;      ///< no overtaking
  bool operator==(const LinkQuality&) const = default;
};

}  // namespace indoubt::sim
