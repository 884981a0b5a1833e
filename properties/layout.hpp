#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "properties/setup.hpp"

namespace indoubt::properties {

/// A service's place in the ledger's flat tables.
struct ServiceLayout {
  sim::NodeId node = sim::no_node;
  std::uint32_t first_unit = 0;
  std::uint32_t units = 0;
  std::array<std::uint32_t, sim::most_order_kinds> per_order{};  ///< by kind of order
  std::uint32_t first_item = 0;
  std::uint32_t items = 0;
};

/// A setup, and what is computed from it once. All runs of a cell share it.
struct Layout {
  explicit Layout(const JudgeSetup& judge_setup);

  static constexpr std::uint8_t no_service = 0xff;

  JudgeSetup setup;
  std::vector<ServiceLayout> services{};
  std::vector<std::uint8_t> service_of{};   ///< by node; `no_service` if it is none
  std::vector<ItemSetup> items{};           ///< of all services
  std::vector<std::uint32_t> item_of{};     ///< by unit, over all services
  std::vector<std::uint32_t> most_taken{};  ///< by item: units that an order of any kind takes
  std::vector<std::uint8_t> takes_part{};   ///< by node: bit set of the kinds of order that need it
  std::vector<sim::NodeId> listeners{};     ///< consumers that are no services
  /// Bit sets of the services that orders of each kind take from.
  std::array<std::uint16_t, sim::most_order_kinds> members{};
  bool knows_poison = false;  ///< some service cannot handle some orders
  bool begins_short = false;  ///< some service has too few units for some order from the start
  std::size_t service_count = 0;
  std::size_t nodes = 0;
  std::size_t orders = 0;

  std::size_t kind_of(sim::OrderId order) const { return setup.order_kinds.of(order); }
  /// Bit set of the services that the order takes from.
  unsigned members_of(sim::OrderId order) const { return members[kind_of(order)]; }
  bool is_member(sim::OrderId order, std::size_t service) const {
    return (members_of(order) >> service & 1u) != 0;
  }
  /// Whether the order has to do with the service, if only to read there.
  bool concerns(sim::OrderId order, std::size_t service) const {
    return (unsigned{setup.services[service].strangers} >> kind_of(order) & 1u) == 0;
  }
  std::uint32_t per_order(sim::OrderId order, const ServiceLayout& service) const {
    return service.per_order[kind_of(order)];
  }
  /// The node's place among the listeners, or their number if it is none of them.
  std::size_t listener(sim::NodeId node) const {
    const auto at = std::find(listeners.begin(), listeners.end(), node);
    return static_cast<std::size_t>(at - listeners.begin());
  }
  /// At how many services messages take effect: at all of them, or at none.
  std::size_t consuming_services() const { return setup.family_publishes ? service_count : 0; }
  bool is_consumer(sim::NodeId node) const {
    if (service_of[node.index] != no_service) return setup.family_publishes;
    return listener(node) != listeners.size();
  }
  sim::NodeId machine_of(sim::NodeId node) const {
    return setup.machines.empty() ? node : setup.machines[node.index];
  }
};

}  // namespace indoubt::properties
