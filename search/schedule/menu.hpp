#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/observer.hpp"
#include "sim/world/world.hpp"

namespace indoubt::search {

/// The kinds of fault that exhaustive search has: all but `corrupt`, which is loss to a protocol,
/// and `disk`, which is a refusal, a delay or a crash to it. A bit set of `Action`.
inline constexpr std::uint32_t exhaustive_actions =
    sim::all_actions & ~sim::bit_of(sim::Action::corrupt) & ~sim::bit_of(sim::Action::disk) &
    ~sim::bit_of(sim::Action::degrade);

/// What else it has where that is asked for.
inline constexpr std::uint32_t exhaustive_harms = sim::bit_of(sim::Harm::wipe);

/// The machines in two groups.
using Split = std::array<std::vector<sim::NodeId>, 2>;

/// How long faults last where time goes from instant to instant and nothing takes place between
/// (see `sim::World::reach_choice`), as seen from one of these instants.
struct InstantSpans {
  sim::Duration next{};                        ///< until the next instant
  sim::Duration last{};                        ///< until all timers that are armed now have fired
  const std::vector<Split>* splits = nullptr;  ///< that partitions can make
};

/// Which kinds of fault a search tries, and how long those last that last.
struct Menu {
  std::uint32_t actions = exhaustive_actions;  ///< bit set of `Action`, and of `Harm::wipe`
  /// The time after which nothing of the protocol under test waits or lives any longer.
  sim::Duration longest_timeout{};
  std::optional<InstantSpans> instants{};  ///< for searches over orders of events

  bool has(sim::Action action) const {
    return (actions >> static_cast<unsigned>(action) & 1u) != 0;
  }
  /// Whether crashes may take the whole disk along.
  bool wipes() const { return sim::has(actions, sim::Harm::wipe); }
  /// Longer than anybody waits: how long pauses, cuts and delays are.
  sim::Duration long_time() const { return 2 * longest_timeout; }
  /// How long pauses and cuts may last.
  std::vector<sim::Duration> spans() const;
  /// When a node may come back; never, if it says none.
  std::array<std::optional<sim::Duration>, 3> restarts() const;
  /// By how much a late message is late.
  sim::Duration lateness() const { return instants ? sim::longest_delay : long_time(); }
};

/// Records of a node that a crash may lose.
struct UnforcedTail {
  sim::NodeId node = sim::no_node;
  std::uint32_t records = 0;
  bool operator==(const UnforcedTail&) const = default;
};

/// A place in a run where faults can fall: right before an effect, at the sending of a message, or
/// between two events.
struct InjectionPoint {
  enum class Type : std::uint8_t { effect, sending, after };
  Type type = Type::effect;
  sim::NodeId node = sim::no_node;
  /// The kind of the message that is sent; before an effect, the kind that its handling handles;
  /// after an event, its kind.
  sim::Kind kind = 0;
  std::uint64_t effect = 0;  ///< of the node, from 1
  sim::TrueTime at{};        ///< of what comes after an event
  bool is_first = false;     ///< of its handling, within which a clock changes nothing
  bool is_waiting = false;   ///< waited for a force, so that it has an instant of its own
  std::vector<UnforcedTail> unforced{};  ///< of the nodes of the machine that have any
  sim::NodeId to = sim::no_node;         ///< of a sending, between machines
  sim::OrderId order = sim::no_order;
  std::uint32_t nth = 1;  ///< of the sendings of this event that match (node, to, kind, order)
  sim::Fate fate = sim::Fate::travels;

  /// Whether both are sendings that one pattern matches.
  bool is_alike(const InjectionPoint& other) const;
  /// Whether it is the same effect or the same sending, in two runs that are alike until then.
  bool is_same_place(const InjectionPoint& other) const;
};

/// The ways in which the menu's faults can fall at a point are numbered; numbers do not depend on
/// what became of a message. This is how many numbers there are.
std::size_t ways_at(const InjectionPoint& point, const Menu& menu);
/// Whether a fault of this way can change anything: a message that does not travel cannot be
/// dropped.
bool can_matter(const InjectionPoint& point, const Menu& menu, std::size_t way);
/// The fault, to be injected before the event to which the point belongs, named by its action.
sim::Fault fault_at(const InjectionPoint& point, const Menu& menu, std::size_t way);
/// The same, as fault number `position` of a set, with a name of its own: "crash-1" is the first. A
/// crash that keeps some of what was not forced is named so that its draws keep just that.
sim::Fault named_fault_at(const InjectionPoint& point, const Menu& menu, std::size_t way,
                          std::size_t position, const sim::World& world);
/// How many of each tail a crash of this way keeps; empty if the way is no crash that keeps some.
std::vector<UnforcedTail> kept_at(const InjectionPoint& point, const Menu& menu, std::size_t way);

}  // namespace indoubt::search
