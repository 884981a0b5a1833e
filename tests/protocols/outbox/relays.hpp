#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/runs.hpp"

/// The relays of an outbox, for tests that hold for both, and what is asked of any of them.
namespace indoubt::test {

/// A deployment with its broker declared, in which transactions take no time.
inline Deployment outbox(const std::string& relay, std::size_t services = 2,
                         std::uint32_t orders = 1, std::uint32_t units = 10) {
  Deployment made = deployment("outbox", services, orders, units);
  made.protocol.options = {{"relay", relay}, {"transaction", sim::Duration{0ms}}};
  made.nodes.push_back({.name = "broker", .role = "broker", .host = {}});
  return made;
}

inline Deployment as_published(std::size_t services = 2, std::uint32_t orders = 1) {
  Deployment made = outbox("polling", services, orders);
  made.protocol.variant = "as-published";
  return made;
}

inline Deployment with_group_commit(Deployment made, bool group_commit) {
  for (auto& node : made.nodes) node.disk.group_commit = group_commit;
  return made;
}

inline std::string service(std::size_t i) { return "s" + std::to_string(i); }

/// How often the order took effect at the service, whether it got units there or not.
inline std::size_t effects(const Facts& facts, std::uint32_t order, const std::string& at) {
  return facts.count(FactKind::applied, {.node = at, .order = order, .value = {}});
}
/// Whether a committed order lacks an effect at one of its services.
inline bool loses(const Facts& facts, std::size_t services, std::uint32_t orders = 1) {
  for (std::uint32_t order = 1; order <= orders; ++order) {
    if (!facts.decided(Outcome::commit, order)) continue;
    for (std::size_t i = 1; i <= services; ++i) {
      if (effects(facts, order, service(i)) == 0) return true;
    }
  }
  return false;
}
/// Whether an order that was never committed took effect.
inline bool has_ghost(const Facts& facts, std::uint32_t orders = 1) {
  for (std::uint32_t order = 1; order <= orders; ++order) {
    const Which it{.node = {}, .order = order, .value = {}};
    if (!facts.decided(Outcome::commit, order) && facts.has(FactKind::applied, it)) return true;
  }
  return false;
}
/// Whether an order took effect at one service more than once.
inline bool repeats(const Facts& facts, std::size_t services, std::uint32_t orders = 1) {
  for (std::uint32_t order = 1; order <= orders; ++order) {
    for (std::size_t i = 1; i <= services; ++i) {
      if (effects(facts, order, service(i)) > 1) return true;
    }
  }
  return false;
}
/// The orders of such facts at the node, in the order in which they took place, each once.
inline std::vector<sim::OrderId> sequence_of(const Facts& facts, FactKind kind, sim::NodeId node) {
  std::vector<sim::OrderId> orders;
  for (const sim::Fact& fact : facts.all()) {
    if (fact.kind != kind || fact.node != node) continue;
    if (std::ranges::find(orders, fact.order) == orders.end()) orders.push_back(fact.order);
  }
  return orders;
}
/// Whether some service took the orders in another order than that of their commits.
inline bool reorders(const Facts& facts, std::size_t services) {
  const auto commits = sequence_of(facts, FactKind::decided, sim::NodeId{0});
  for (std::uint16_t i = 1; i <= services; ++i) {
    std::size_t last = 0;
    for (const sim::OrderId order : sequence_of(facts, FactKind::applied, sim::NodeId{i})) {
      const auto at = std::ranges::find(commits, order) - commits.begin();
      if (static_cast<std::size_t>(at) < last) return true;
      last = static_cast<std::size_t>(at);
    }
  }
  return false;
}

}  // namespace indoubt::test
