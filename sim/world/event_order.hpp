#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/world/kinds.hpp"

namespace indoubt::sim {

/// What can take place at an instant and be put in order.
enum class EventType : std::uint8_t { deliver, timer, force, restart, fault };

/// "deliver", "timer", "force", "restart", "fault".
constexpr std::string_view name_of(EventType type) {
  switch (type) {
    case EventType::deliver: return "deliver";
    case EventType::timer: return "timer";
    case EventType::force: return "force";
    case EventType::restart: return "restart";
    case EventType::fault: return "fault";
  }
  return {};
}

/// One event of a run, as data. The references are names in files and indices in a world, as those
/// of faults are.
template <typename NodeRef, typename KindRef, typename OrderRef>
struct EventOf {
  EventType type = EventType::deliver;
  NodeRef node{};                   ///< where it takes place: of a delivery, the receiver
  std::optional<NodeRef> from{};    ///< of a delivery: the sender
  std::optional<KindRef> kind{};    ///< of the message or timer
  std::optional<OrderRef> order{};  ///< none: about no order
  std::string fault{};              ///< of a fault, and then the only one: its id
  std::uint32_t nth = 1;            ///< of the events that are alike in all this
  bool operator==(const EventOf&) const = default;
};

/// An event as files state it.
using NamedEvent = EventOf<std::string, std::string, std::uint32_t>;
/// An event in a world, where names are resolved.
using Event = EventOf<NodeId, Kind, OrderId>;

/// Which events come before which, in a world in which messages and forces take no time: those of
/// the list in its order, each as soon as it can, and whatever else is due at an instant oldest
/// first.
using EventOrder = std::vector<Event>;

}  // namespace indoubt::sim
