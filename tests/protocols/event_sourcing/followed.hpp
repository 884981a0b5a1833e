#pragma once

#include <string>

#include "tests/support/runs.hpp"

namespace indoubt::test {

/// Two event-sourced orders and a read model that follows them. The second order comes while the
/// first one is under way; the read model hears of each event some time later.
inline Deployment followed(const std::string& token = "with-view", std::size_t services = 2) {
  Deployment made = deployment("event-sourcing", services, 2, 2);
  made.workload.arrivals = sim::Distribution::constant(std::chrono::milliseconds{15});
  made.nodes.push_back({.name = "event-store", .role = "event-store", .host = {}});
  made.nodes.push_back({.name = "read-model", .role = "read-model", .host = {}});
  made.protocol.options = {{"read_model", true},
                           {"token", token},
                           {"poll", sim::Duration{std::chrono::milliseconds{20}}}};
  return made;
}

}  // namespace indoubt::test
