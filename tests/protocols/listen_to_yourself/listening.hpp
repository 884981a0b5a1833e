#pragma once

#include "tests/support/deliveries.hpp"

namespace indoubt::test {

/// A deployment in which everybody listens to a broker, which is declared.
inline Deployment listening(std::size_t services = 2, std::uint32_t orders = 1,
                            std::uint32_t units = 10) {
  Deployment made = deployment("listen-to-yourself", services, orders, units);
  made.nodes.push_back({.name = "broker", .role = "broker", .host = {}});
  return made;
}

/// The broker, where orders are committed.
inline sim::NodeId broker_of(std::size_t services) {
  return sim::NodeId{static_cast<std::uint16_t>(services + 1)};
}

}  // namespace indoubt::test
