#include "search/random/coverage.hpp"

#include <algorithm>

#include "sim/base/mix.hpp"

namespace indoubt::search {
namespace {

using sim::Fact;
using sim::FactKind;

std::uint32_t thing_of(std::uint64_t a, std::uint64_t b) {
  return static_cast<std::uint32_t>(sim::mix(a, b) >> 32);
}

/// Where the fact was stated and what it says, but not when.
std::uint32_t place_of(const Fact& fact) {
  return std::uint32_t{fact.node.index} << 16 | static_cast<std::uint32_t>(fact.kind) << 8 |
         fact.value;
}

}  // namespace

void Coverage::clear() {
  std::fill(last_.begin(), last_.end(), 0u);
  last_of_all_ = 0;
  things_.clear();
}

void Coverage::read(std::span<const Fact> facts) {
  for (const Fact& fact : facts) {
    if (fact.kind == FactKind::durable || fact.kind == FactKind::told) continue;
    const std::uint32_t place = place_of(fact);
    const bool has_order = fact.order.index < last_.size();
    std::uint32_t& before = has_order ? last_[fact.order.index] : last_of_all_;
    things_.push_back(thing_of(before, place));
    before = last_of_all_ = place;
  }
}

void Coverage::finish(const sim::World& world) {
  const sim::Plan& plan = world.plan().plan();
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const sim::NodeId node{static_cast<std::uint16_t>(i)};
    for (std::uint32_t order = 0; order < plan.orders; ++order) {
      const std::uint64_t kinds = world.kinds_handled(node, sim::OrderId{order});
      things_.push_back(thing_of(kinds, std::uint64_t{1} << 32 | i));
    }
  }
}

}  // namespace indoubt::search
