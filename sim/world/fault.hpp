#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/base/ids.hpp"
#include "sim/base/random.hpp"
#include "sim/base/time.hpp"
#include "sim/world/action.hpp"
#include "sim/world/history.hpp"

namespace indoubt::sim {

/// What makes a fault happen.
enum class Trigger : std::uint8_t {
  at,     ///< an instant of true time
  every,  ///< again and again, start to start, until `quiet_after`
  when,   ///< the n-th fact of a kind, at the fact's instant
  match,  ///< the n-th sending of a message, or every one
  place,  ///< before a given effect of a node
};

/// How much of a disk's unforced tail survives a crash.
enum class Keep : std::uint8_t {
  forced,  ///< none of it
  some,    ///< a prefix that the run draws
  all,     ///< all of it
  torn,    ///< as `some`, and the next record is damaged
};

/// How a disk misbehaves.
enum class DiskFault : std::uint8_t {
  slow,   ///< each force takes `by` longer
  full,   ///< the node learns that it must take no new holds
  error,  ///< the next force fails and stops the node
  lying,  ///< a force says that it is done, and what it forced is not durable before this ends
};

/// What a crash does besides stopping its nodes: what otherwise survives it does not.
struct Damage {
  bool wipe = false;                   ///< the disk is gone, and another is as newly installed
  std::optional<Duration> rollback{};  ///< the disk is as it was so long ago: a restored backup
  bool rot = false;                    ///< a forced record that the run draws is damaged
  bool lost_sends = false;      ///< of what is under way on each link from here, the last are lost
  bool clock_restarts = false;  ///< the clock reads at the restart what it read at time 0

  /// Whether records may be lost that were forced.
  bool loses_forced() const { return wipe || rot || rollback.has_value(); }
  bool operator==(const Damage&) const = default;
};

/// When a fault on messages is in force.
enum class Window : std::uint8_t {
  always,
  at,     ///< from an instant on
  every,  ///< again and again, start to start
};

/// How much worse a link or a node is than it usually is. What several of them add to a delay adds
/// up.
struct Degradation {
  std::uint32_t times = 1;  ///< as long a message takes
  Duration plus{};          ///< and that much longer
  Probability loss{};       ///< besides what the link loses anyway
  Probability duplicate{};
  std::uint32_t force_times = 1;  ///< as long a node's forces take
  std::uint32_t work_times = 1;   ///< as long it works
  bool operator==(const Degradation&) const = default;
};

/// No delay by faults is longer: ten years, so that what adds up stays within what time can say.
inline constexpr Duration longest_delay = std::chrono::hours{10 * 365 * 24};

/// That much time so often, but for what would be too long.
constexpr Duration times_as_long(Duration duration, std::uint32_t times) {
  const bool is_too_long = times != 0 && duration > longest_delay / times;
  return is_too_long ? longest_delay : times * duration;
}

/// One thing that goes wrong, as data. `NodeRef` and `KindRef` are names in files and indices in a
/// world; `OrderRef` is an order's number in files and an `OrderId` in a world.
template <typename NodeRef, typename KindRef, typename OrderRef>
struct FaultOf {
  struct FactPattern {
    FactKind fact = FactKind::held;
    std::optional<NodeRef> at{};
    std::optional<OrderRef> order{};
    std::uint32_t nth = 1;
    bool operator==(const FactPattern&) const = default;
  };
  struct MessagePattern {
    std::optional<NodeRef> from{};
    std::optional<NodeRef> to{};
    std::optional<KindRef> kind{};
    std::optional<OrderRef> order{};
    std::optional<std::uint32_t> nth{};  ///< counts sendings that match; none: every one
    bool operator==(const MessagePattern&) const = default;
  };
  struct Handling {
    KindRef kind{};
    std::optional<OrderRef> order{};  ///< none: about no order, such as a restart
    std::uint32_t nth = 1;
    bool operator==(const Handling&) const = default;
  };
  struct Place {
    std::optional<Handling> handling{};  ///< none: `effect` counts over the node's whole run
    std::uint32_t effect = 1;
    bool operator==(const Place&) const = default;
  };

  /// A link in one direction.
  struct Link {
    NodeRef from{};
    NodeRef to{};
    bool operator==(const Link&) const = default;
  };

  std::string id;  ///< keys the fault's draws; "id#n" is occurrence n of "id", made explicit
  Trigger trigger = Trigger::at;
  TrueTime at{};
  Distribution every{};
  FactPattern when{};
  MessagePattern match{};
  /// Of those that match: when, which ones, and how long a window lasts (`lasts`).
  Window window = Window::always;
  Probability probability = Probability::certain();
  Place place{};

  Action action = Action::crash;
  std::vector<NodeRef> nodes{};
  Keep keep = Keep::forced;
  Damage damage{};                          ///< of a crash
  std::optional<Duration> restart_after{};  ///< none: down for good
  std::optional<Duration> lasts{};          ///< of what lasts; none: until quiet
  std::vector<std::vector<NodeRef>> groups{};
  bool one_way = false;
  Duration by{};                     ///< delay: how much later; duplicate: of the copy; disk slow
  std::optional<Duration> offset{};  ///< clock: sets the reading to true time plus this
  std::optional<Duration> jump{};    ///< clock: adds to the reading
  std::optional<std::int64_t> drift_ppb{};  ///< clock: rate against true time
  DiskFault disk = DiskFault::slow;
  std::vector<Link> links{};  ///< degrade: these, or if there are none those of `nodes`
  Degradation worse{};

  bool operator==(const FaultOf&) const = default;
};

/// A fault as files state it.
using NamedFault = FaultOf<std::string, std::string, std::uint32_t>;
/// A fault in a world, where names are resolved.
using Fault = FaultOf<NodeId, Kind, OrderId>;
/// What goes wrong in one run.
using Schedule = std::vector<Fault>;

/// Whether `every` says when it takes place, or when its windows open.
inline bool comes_again(const Fault& fault) {
  return fault.trigger == Trigger::every || fault.window == Window::every;
}

/// Whether any of these may lose records that were forced.
bool lose_forced(std::span<const Fault> faults);

std::string_view name_of(Trigger trigger);
std::string_view name_of(Keep keep);
std::string_view name_of(DiskFault fault);

}  // namespace indoubt::sim
