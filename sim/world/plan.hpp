#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/base/ids.hpp"
#include "sim/world/effect_mutation.hpp"
#include "sim/world/event_order.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/kinds.hpp"
#include "sim/world/role.hpp"
#include "sim/world/spec.hpp"

namespace indoubt::sim {

/// A node of a plan.
struct PlannedNode {
  std::string name;
  NodeId machine;  ///< the node on whose machine it runs: itself, unless hosted
  DiskSpec disk{};
  WorkSpec work{};
  AnyRole role;                             ///< as it is at time 0
  std::vector<EffectMutation> mutations{};  ///< planted mistakes, made in this order
};

struct PlannedLink {
  NodeId from;
  NodeId to;
  LinkQuality quality{};
};

/// What runs: the constant part of a world, the same for every seed and schedule. Shared by all
/// workers of a campaign and never changed once built.
struct Plan {
  Limits limits{};
  std::vector<PlannedNode> nodes{};
  std::optional<NodeId> client{};  ///< not crashable; what it sends and receives is not counted
  LinkQuality network{};
  std::vector<PlannedLink> links{};
  std::uint32_t orders = 1;
  std::vector<std::uint32_t> order_numbers{};  ///< number of each order; empty: 1, 2, 3, ...
  /// A reply reaches the client only from a node that has not crashed since the client last spoke
  /// to it about that order: its connection went with the node.
  bool replies_need_connections = false;
  /// What the code of roles throws is caught, and is a finding; otherwise it is a bug of ours.
  bool roles_may_fail = true;
  std::span<const KindInfo> messages{};
  std::span<const KindInfo> records{};
  /// The longest time after which a role does anything by itself: its timers, and how long what it
  /// holds lives.
  Duration longest_wait{};
  /// What takes longer is late: messages until they are handled, and forces. See `FactKind::late`.
  Duration prompt = Duration::max();
  Schedule faults{};  ///< the scenario's own
  /// If there is one, messages and forces that arrive at once take no time, and the events of an
  /// instant take place in this order: see `World::reach_choice`.
  std::optional<EventOrder> event_order{};
  std::vector<std::shared_ptr<const void>> constants{};  ///< what roles hold as `Constant`

  /// The number by which the order is known outside; 0 for no order.
  std::uint32_t number_of(OrderId order) const {
    if (order == no_order) return 0;
    return order_numbers.empty() ? order.index + 1 : order_numbers[order.index];
  }
};

}  // namespace indoubt::sim
