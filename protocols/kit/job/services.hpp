#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <tuple>

#include "protocols/kit/deployment.hpp"
#include "sim/base/ids.hpp"
#include "sim/world/order_kinds.hpp"

namespace indoubt::kit {

/// A set of the services of an order, by their position in its list.
struct ServiceSet {
  std::uint32_t bits = 0;

  void add(std::size_t service) { bits |= 1u << service; }
  void remove(std::size_t service) { bits &= ~(1u << service); }
  bool has(std::size_t service) const { return (bits >> service & 1u) != 0; }
  bool is_empty() const { return bits == 0; }
  int count() const { return std::popcount(bits); }
  /// The first `n` of a list.
  static ServiceSet first(std::size_t n) { return {(1u << n) - 1u}; }
  bool operator==(const ServiceSet&) const = default;

  static auto fields(auto& self) {
    auto& [b] = self;
    return std::tie(b);
  }
};

/// Some nodes in a fixed order, of which there are sets.
struct NodeList {
  std::array<sim::NodeId, most_services_per_order> nodes{};
  std::size_t count = 0;

  const sim::NodeId* begin() const { return nodes.data(); }
  const sim::NodeId* end() const { return nodes.data() + count; }
  ServiceSet all() const { return ServiceSet::first(count); }

  void add(sim::NodeId node) { nodes[count++] = node; }
  bool has(sim::NodeId node) const { return position(node) != count; }
  /// Position of a node; `count` if it is none of them.
  std::size_t position(sim::NodeId node) const {
    std::size_t i = 0;
    while (i < count && nodes[i] != node) ++i;
    return i;
  }
  /// Calls `visit(node)` for each node of the set.
  template <typename Visit>
  void for_each(ServiceSet set, Visit&& visit) const {
    for (std::size_t i = 0; i < count; ++i) {
      if (set.has(i)) visit(nodes[i]);
    }
  }
};

/// The services that an order takes something from or reads at, in the order in which it says so.
struct OrderServices : NodeList {
  ServiceSet writers{};  ///< from which it takes something; the others only read
};

/// Which services each order of a run needs. It is a property of the order: whoever knows its
/// number knows what it is about.
struct Services {
  sim::OrderKinds kinds{};
  std::array<OrderServices, sim::most_order_kinds> of_kind{};
  NodeList all{};  ///< those that any order needs, once each

  const OrderServices& of(sim::OrderId order) const { return of_kind[kinds.of(order)]; }
  /// Of the order that a handler is about.
  template <typename Context>
  const OrderServices& of(const Context& ctx) const {
    return of(ctx.order());
  }
  /// Whether the node has to do with the order, as far as that depends on the order's kind.
  bool concerns(sim::NodeId node, sim::OrderId order) const {
    return kinds.count() == 1 || !all.has(node) || of(order).has(node);
  }
  /// Bit set of the kinds of order that have nothing to do with a node which others need.
  std::uint8_t strangers(sim::NodeId node) const {
    unsigned strangers = 0;
    for (std::size_t kind = 0; kind < kinds.count(); ++kind) {
      if (all.has(node) && !of_kind[kind].has(node)) strangers |= 1u << kind;
    }
    return static_cast<std::uint8_t>(strangers);
  }
  /// The most that any order needs.
  std::size_t most() const {
    std::size_t most = 0;
    for (const OrderServices& services : of_kind) most = std::max(most, services.count);
    return most;
  }
};

}  // namespace indoubt::kit
