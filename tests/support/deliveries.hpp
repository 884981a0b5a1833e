#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/runs.hpp"

/// What is asked of any protocol that tells services what is committed by messages, written down by
/// hand from the facts, so that tests and oracles check each other.
namespace indoubt::test {

/// How many of the orders somebody committed.
inline std::size_t placed(const Facts& facts, std::uint32_t orders) {
  std::size_t found = 0;
  for (std::uint32_t order = 1; order <= orders; ++order)
    found += facts.decided(Outcome::commit, order);
  return found;
}

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
    if (std::find(orders.begin(), orders.end(), fact.order) == orders.end())
      orders.push_back(fact.order);
  }
  return orders;
}
/// Whether some service took the orders in another order than that of their commits at a node.
inline bool reorders(const Facts& facts, std::size_t services, sim::NodeId at = sim::NodeId{0}) {
  const auto commits = sequence_of(facts, FactKind::decided, at);
  for (std::size_t i = 1; i <= services; ++i) {
    const sim::NodeId node{static_cast<std::uint16_t>(i)};
    std::size_t last = 0;
    for (const sim::OrderId order : sequence_of(facts, FactKind::applied, node)) {
      const auto position = std::find(commits.begin(), commits.end(), order) - commits.begin();
      if (static_cast<std::size_t>(position) < last) return true;
      last = static_cast<std::size_t>(position);
    }
  }
  return false;
}

}  // namespace indoubt::test
