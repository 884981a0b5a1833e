#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/world/observer.hpp"
#include "sim/world/role.hpp"
#include "sim/world/world.hpp"

/// What a node knows, and what its log says that it knows.
namespace indoubt::test {

/// Watches a run for nodes that have handled something and are not done with it: their effects wait
/// for a disk, or for the end of a pause.
class Unsettled : public sim::Observer {
 public:
  explicit Unsettled(std::size_t nodes) : waits_(nodes) {}

  /// A run begins.
  void reset() { waits_.assign(waits_.size(), {}); }
  bool has(sim::NodeId node) const {
    return waits_[node.index].forces != 0 || waits_[node.index].is_paused;
  }

  void on(const sim::Observation& seen) override {
    using Type = sim::Observation::Type;
    if (seen.type == Type::forcing) ++waits_[seen.node.index].forces;
    if (seen.type == Type::forced) --waits_[seen.node.index].forces;
    if (seen.type == Type::fact) note(*seen.fact);
  }

 private:
  struct Waits {
    std::uint32_t forces = 0;
    bool is_paused = false;
  };

  void note(const sim::Fact& fact) {
    if (fact.kind == sim::FactKind::crashed) waits_[fact.node.index].forces = 0;
    if (fact.kind == sim::FactKind::paused) waits_[fact.node.index].is_paused = true;
    if (fact.kind == sim::FactKind::resumed) waits_[fact.node.index].is_paused = false;
  }

  std::vector<Waits> waits_;
};

/// The node's role as a restart would make it from all that was logged, durable by now or not.
inline sim::AnyRole replayed(const sim::World& world, sim::NodeId node) {
  sim::AnyRole role = world.plan().plan().nodes[node.index].role;
  sim::Log log = world.log(node);
  log.recover([&](const sim::RecordView& record) {
    role.replay(record.kind, record.order, sim::whole_content(record).data());
  });
  return role;
}

/// What stands for a role where states are merged.
inline sim::Fingerprint hash_of(const sim::AnyRole& role) {
  sim::StateHash hash;
  role.hash(hash);
  return hash.value();
}

/// How what a node knows, besides what it says a crash takes, differs from what its log says; empty
/// if it does not. The node must be settled, or records of what it knows are still to come.
inline std::string difference(const sim::World& world, sim::NodeId node) {
  sim::AnyRole live = world.role(node);
  sim::AnyRole again = replayed(world, node);
  live.lose_memory();
  again.lose_memory();
  if (live == again && hash_of(live) == hash_of(again)) return {};
  return world.plan().plan().nodes[node.index].name + (live == again ? " hashes " : " knows ") +
         live.text() + ", and by its log " + again.text();
}

}  // namespace indoubt::test
