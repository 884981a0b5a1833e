#pragma once

#include <string>

#include "tests/support/deliveries.hpp"

/// The relays of an outbox, for tests that hold for both.
namespace indoubt::test {

/// A deployment with its broker declared, in which transactions take no time.
inline Deployment outbox(const std::string& relay, std::size_t services = 2,
                         std::uint32_t orders = 1, std::uint32_t units = 10) {
  Deployment made = deployment("outbox", services, orders, units);
  made.protocol.options = {{"relay", relay}, {"transaction", sim::Duration{0ms}}};
  made.nodes.push_back({.name = "broker", .role = "broker", .host = {}});
  return made;
}

/// The same with several polling relays, on nodes `relay` and `relay-2`.
inline Deployment shared_outbox(const std::string& claim, std::size_t services = 2,
                                std::uint32_t orders = 1, std::uint32_t units = 10) {
  Deployment made = outbox("polling", services, orders, units);
  made.protocol.options.emplace_back("relays", std::int64_t{2});
  made.protocol.options.emplace_back("claim", claim);
  for (const char* name : {"relay", "relay-2"})
    made.nodes.push_back({.name = name, .role = "relay", .host = {}});
  return made;
}

inline Deployment as_published(std::size_t services = 2, std::uint32_t orders = 1) {
  Deployment made = outbox("polling", services, orders);
  made.protocol.variant = "as-published";
  return made;
}

}  // namespace indoubt::test
