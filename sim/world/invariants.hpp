#pragma once

#include <string_view>

#include "sim/world/world.hpp"

namespace indoubt::sim {

/// What always holds between two events, in one sentence each: the first that a world breaks, or
/// nothing. It looks at everything that is pending, so it is slow.
std::string_view broken_invariant(const World& world);

/// Access to the private parts of a world, for the invariants and for tests that break them on
/// purpose.
struct Inspection {
  template <typename AnyWorld>
  static auto& pending(AnyWorld& world) {
    return world.pending_;
  }
  template <typename AnyWorld>
  static auto& nodes(AnyWorld& world) {
    return world.nodes_;
  }
  template <typename AnyWorld>
  static auto& timers(AnyWorld& world) {
    return world.timers_;
  }
  template <typename AnyWorld>
  static auto& faults(AnyWorld& world) {
    return world.faults_;
  }
  /// Whose handler runs.
  template <typename AnyWorld>
  static auto& handling_at(AnyWorld& world) {
    return world.handling_at_;
  }
  template <typename AnyEngine>
  static auto& agenda(AnyEngine& engine) {
    return engine.agenda_.items_;
  }
  static TrueTime& turn(FaultEngine& engine) { return engine.turn_; }
  static std::uint32_t& forced_records(Log& log) { return log.forced_records_; }
  static std::uint32_t first_free(const SlotPool& slots) { return slots.free_; }
};

}  // namespace indoubt::sim
