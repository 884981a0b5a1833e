#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <tuple>

#include "protocols/kit/deployment.hpp"
#include "sim/base/ids.hpp"

namespace indoubt::kit {

/// A set of the services of an order, by their position in `Services`.
struct ServiceSet {
  std::uint32_t bits = 0;

  void add(std::size_t service) { bits |= 1u << service; }
  void remove(std::size_t service) { bits &= ~(1u << service); }
  bool has(std::size_t service) const { return (bits >> service & 1u) != 0; }
  bool is_empty() const { return bits == 0; }
  int count() const { return std::popcount(bits); }
  bool operator==(const ServiceSet&) const = default;

  static auto fields(auto& self) {
    auto& [b] = self;
    return std::tie(b);
  }
};

/// The services that every order of a run takes something from.
struct Services {
  std::array<sim::NodeId, most_services_per_order> nodes{};
  std::size_t count = 0;

  const sim::NodeId* begin() const { return nodes.data(); }
  const sim::NodeId* end() const { return nodes.data() + count; }
  ServiceSet all() const { return first(count); }
  /// The first `n` of them, at most `count`.
  static ServiceSet first(std::size_t n) { return {(1u << n) - 1u}; }

  /// Position of a service; `count` if the node is none.
  std::size_t position(sim::NodeId node) const {
    std::size_t i = 0;
    while (i < count && nodes[i] != node) ++i;
    return i;
  }
  /// Calls `visit(node)` for each service of the set.
  template <typename Visit>
  void for_each(ServiceSet set, Visit&& visit) const {
    for (std::size_t i = 0; i < count; ++i) {
      if (set.has(i)) visit(nodes[i]);
    }
  }
};

}  // namespace indoubt::kit
