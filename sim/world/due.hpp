#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/event_order.hpp"
#include "sim/world/slots.hpp"

namespace indoubt::sim {

/// Something that is due at the present instant and has not taken place.
struct DueEvent {
  EventType type = EventType::deliver;
  NodeId node{};
  NodeId from{};
  Kind kind = 0;
  OrderId order = no_order;
  std::uint32_t slot = no_slot;
  std::uint32_t fault = 0;     ///< of a fault: its number
  std::uint64_t sequence = 0;  ///< what became due earlier has a smaller one
  TrueTime since{};            ///< of a late message: when it was sent
  bool is_late = false;        ///< it may come at any instant after `since`, or never
};

/// What is due in a world whose events are put in order: see `World::reach_choice`.
struct DueEvents {
  std::vector<DueEvent> list;          ///< oldest first, and late messages behind the others
  std::vector<std::uint32_t> matched;  ///< by place in the plan's order: events like it so far

  void clear(std::size_t listed) {
    list.clear();
    matched.assign(listed, 0);
  }
};

}  // namespace indoubt::sim
