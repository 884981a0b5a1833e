#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/business/blueprint.hpp"
#include "protocols/simulation.hpp"
#include "sim/world/world.hpp"

/// Deployments, faults and runs for tests of protocol families, and what is read from a run.
namespace indoubt::test {

using namespace std::chrono_literals;
using business::Deployment;
using sim::FactKind;
using sim::Keep;
using sim::NamedFault;
using sim::Outcome;

/// A coordinator `orders` and services `s1`, `s2`, ... with `units` units each. An order takes one
/// unit at every service. Everything else has the defaults of scenario files: 5ms for a message,
/// 1ms for a force, all orders at time 0.
inline Deployment deployment(std::string protocol, std::size_t services = 2,
                             std::uint32_t orders = 1, std::uint32_t units = 10) {
  Deployment made;
  made.protocol.name = std::move(protocol);
  made.workload.orders = orders;
  made.nodes.push_back({.name = "orders", .role = "coordinator", .host = {}});
  for (std::size_t i = 1; i <= services; ++i) {
    const std::string name = "s" + std::to_string(i);
    made.nodes.push_back({.name = name, .role = {}, .host = {}, .stock = {{"unit", units}}});
    made.workload.takes.push_back({.service = name, .items = {{"unit", 1}}});
  }
  return made;
}

inline Deployment with_mutant(Deployment made, std::string mutant) {
  made.protocol.mutant = std::move(mutant);
  return made;
}
/// The mistakes of a family that somebody wrote: all but the generic ones.
inline std::vector<protocols::MutantDecl> planted_mutants(std::string_view family) {
  std::vector<protocols::MutantDecl> planted = protocols::find_family(family)->info.mutants;
  std::erase_if(planted, [](const protocols::MutantDecl& mutant) { return mutant.is_generic; });
  return planted;
}
inline Deployment with_faults(Deployment made, std::vector<NamedFault> faults) {
  made.faults = std::move(faults);
  for (std::size_t i = 0; i < made.faults.size(); ++i) made.faults[i].id = "f" + std::to_string(i);
  return made;
}

/// "The n-th handling of `prepare` for order 1", as place faults say it.
inline NamedFault::Handling handling(std::string kind, std::optional<std::uint32_t> order = 1,
                                     std::uint32_t nth = 1) {
  return {.kind = std::move(kind), .order = order, .nth = nth};
}
/// A crash right before an effect of a handling.
inline NamedFault crash_before(std::string node, std::uint32_t effect, NamedFault::Handling at,
                               Keep keep, std::optional<sim::Duration> restart_after) {
  NamedFault fault;
  fault.trigger = sim::Trigger::place;
  fault.place = {.handling = std::move(at), .effect = effect};
  fault.nodes = {std::move(node)};
  fault.keep = keep;
  fault.restart_after = restart_after;
  return fault;
}
inline NamedFault crash_at(std::string node, sim::Duration at, Keep keep,
                           std::optional<sim::Duration> restart_after) {
  NamedFault fault;
  fault.at = sim::TrueTime{at};
  fault.nodes = {std::move(node)};
  fault.keep = keep;
  fault.restart_after = restart_after;
  return fault;
}
/// Messages of this kind and way; all of them, or the n-th.
inline NamedFault::MessagePattern messages(std::string kind, std::string from, std::string to,
                                           std::optional<std::uint32_t> nth = {}) {
  return {.from = std::move(from),
          .to = std::move(to),
          .kind = std::move(kind),
          .order = {},
          .nth = nth};
}
inline NamedFault on_messages(sim::Action action, NamedFault::MessagePattern match,
                              sim::Duration by = {}) {
  NamedFault fault;
  fault.trigger = sim::Trigger::match;
  fault.match = std::move(match);
  fault.action = action;
  fault.by = by;
  return fault;
}

/// Which facts are meant: those that agree with everything that is given.
struct Which {
  std::optional<std::string_view> node{};
  std::optional<std::uint32_t> order{};  ///< its number
  std::optional<Outcome> value{};
};

/// The facts of a run without those that a crash undid, and the stock that they add up to.
class Facts {
 public:
  explicit Facts(const sim::World& world) {
    const sim::Plan& plan = world.plan().plan();
    for (const sim::PlannedNode& node : plan.nodes) names_.push_back(node.name);
    for (std::uint32_t i = 0; i < plan.orders; ++i) numbers_.push_back(plan.number_of({i}));
    for (const sim::Fact& fact : world.history()) {
      if (fact.kind == FactKind::lost) undo(fact);
      if (fact.kind != FactKind::lost) facts_.push_back(fact);
    }
    for (const sim::Fact& fact : facts_) change_unit(fact);
  }

  const std::vector<sim::Fact>& all() const { return facts_; }

  std::size_t count(FactKind kind, const Which& which = {}) const {
    std::size_t found = 0;
    for (const sim::Fact& fact : facts_) found += matches(fact, kind, which) ? 1u : 0u;
    return found;
  }
  bool has(FactKind kind, const Which& which = {}) const { return count(kind, which) != 0; }
  /// Whether somebody decided the order so.
  bool decided(Outcome outcome, std::uint32_t order = 1) const {
    return has(FactKind::decided, {.node = {}, .order = order, .value = outcome});
  }
  /// Whether two decisions about the order differ.
  bool is_split(std::uint32_t order = 1) const {
    return decided(Outcome::commit, order) && decided(Outcome::abort, order);
  }

  /// Units that are held in the end.
  std::size_t held(const Which& which = {}) const { return units(FactKind::held, which); }
  /// Units that are assigned in the end.
  std::size_t assigned(const Which& which = {}) const { return units(FactKind::assigned, which); }

 private:
  struct Unit {
    FactKind state = FactKind::released;  ///< the last change
    sim::OrderId order = sim::no_order;
  };

  void undo(const sim::Fact& loss) {
    std::erase_if(facts_, [&](const sim::Fact& fact) {
      return fact.in_record && fact.node == loss.node && fact.record >= loss.record;
    });
  }

  void change_unit(const sim::Fact& fact) {
    const bool is_change = fact.kind == FactKind::held || fact.kind == FactKind::assigned ||
                           fact.kind == FactKind::released || fact.kind == FactKind::expired;
    if (is_change) units_[{fact.node, fact.unit}] = {fact.kind, fact.order};
  }

  bool is_meant(sim::NodeId node, sim::OrderId order, const Which& which) const {
    if (which.node && (node == sim::no_node || names_[node.index] != *which.node)) return false;
    return !which.order || (order != sim::no_order && numbers_[order.index] == *which.order);
  }
  bool matches(const sim::Fact& fact, FactKind kind, const Which& which) const {
    if (fact.kind != kind || !is_meant(fact.node, fact.order, which)) return false;
    return !which.value || fact.outcome() == *which.value;
  }
  std::size_t units(FactKind state, const Which& which) const {
    std::size_t found = 0;
    for (const auto& [place, unit] : units_) {
      found += unit.state == state && is_meant(place.first, unit.order, which) ? 1u : 0u;
    }
    return found;
  }

  std::vector<std::string> names_;
  std::vector<std::uint32_t> numbers_;
  std::vector<sim::Fact> facts_;
  std::map<std::pair<sim::NodeId, std::uint32_t>, Unit> units_;
};

/// A deployment that ran to its end.
class Run {
 public:
  explicit Run(const Deployment& deployment, std::uint64_t seed = 1,
               sim::Observer* observer = nullptr)
      : simulation_{protocols::make_simulation(deployment)}, world_{simulation_.plan} {
    world_.observe(observer);
    world_.reset(seed);
    while (world_.step()) {
    }
  }

  const sim::World& world() const { return world_; }
  const protocols::Simulation& simulation() const { return simulation_; }
  Facts facts() const { return Facts{world_}; }
  /// How often messages of this kind were sent.
  std::uint64_t sent(std::string_view kind) const {
    const auto found = business::Directory{world_.plan().plan()}.kind(kind);
    return found ? world_.messages_by_kind()[*found] : 0;
  }
  bool all_faults_fired() const {
    for (std::size_t i = 0; i < world_.fault_count(); ++i) {
      if (!world_.fault_fired(i)) return false;
    }
    return simulation_.unapplied_faults.empty();
  }

 private:
  protocols::Simulation simulation_;
  sim::World world_;
};

}  // namespace indoubt::test
