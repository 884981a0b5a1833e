#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/fault.hpp"

namespace indoubt::sim {

/// The kinds of fault that exhaustive search has: all but `corrupt`, which is loss to a protocol, and
/// `disk`, which is a refusal, a delay or a crash to it. A bit set of `Action`.
inline constexpr std::uint32_t exhaustive_actions =
    (1u << 9) - 1 - (1u << static_cast<unsigned>(Action::corrupt)) -
    (1u << static_cast<unsigned>(Action::disk));

/// Which kinds of fault a search tries, and how long those last that last.
struct Menu {
  std::uint32_t actions = exhaustive_actions;  ///< bit set of `Action`
  Duration longest_timeout{};             ///< of the protocol under test

  bool has(Action action) const { return (actions >> static_cast<unsigned>(action) & 1u) != 0; }
  /// Longer than anybody waits: how long pauses, cuts and delays are.
  Duration long_time() const { return 2 * longest_timeout; }
};

/// A place in a run where faults can fall: right before an effect, or at the sending of a message.
struct InjectionPoint {
  enum class Type : std::uint8_t { effect, sending };
  Type type = Type::effect;
  NodeId node = no_node;
  std::uint64_t effect = 0;  ///< of the node, from 1
  std::uint32_t unforced = 0;  ///< records that a crash here may lose
  bool is_first = false;   ///< the node's first effect at this instant
  bool is_waiting = false;  ///< waited for a force, so that a pause delays it
  NodeId to = no_node;    ///< of a sending, between machines
  Kind kind = 0;
  OrderId order = no_order;
  std::uint32_t nth = 1;  ///< of the sendings of this event that match (node, to, kind, order)
};

/// The ways in which the menu's faults can fall at a point: their number, and each of them as a fault
/// to be injected before the event to which the point belongs. The id names the point and way.
std::size_t ways_at(const InjectionPoint& point, const Menu& menu);
/// How many unforced records a crash of this way keeps. Crashes come first among the ways.
std::uint32_t kept_at(const InjectionPoint& point, const Menu& menu, std::size_t way);
Fault fault_at(const InjectionPoint& point, const Menu& menu, std::size_t way);

}  // namespace indoubt::sim
