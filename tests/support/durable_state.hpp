#pragma once

#include <string>
#include <vector>

#include "sim/world/role.hpp"
#include "sim/world/world.hpp"

/// What a node knows, and what its log says that it knows.
namespace indoubt::test {

/// The node's role as a restart would make it from all that was logged, durable by now or not.
inline sim::AnyRole replayed(const sim::World& world, sim::NodeId node) {
  sim::AnyRole role = world.plan().plan().nodes[node.index].role;
  sim::Log log = world.log(node);
  log.recover([&](const sim::RecordView& record) {
    role.replay(record.kind, record.order, sim::whole_content(record).data());
  });
  return role;
}

/// For each node that is up: what it knows besides what it says a crash takes, if that is not what
/// its log says. Only where no effects wait for a disk, or records of what it knows are still to
/// come.
inline std::vector<std::string> differences(const sim::World& world) {
  std::vector<std::string> found;
  for (std::uint16_t i = 0; i < world.plan().plan().nodes.size(); ++i) {
    const sim::NodeId node{i};
    sim::AnyRole live = world.role(node);
    if (!world.is_up(node) || !live.takes_records()) continue;
    sim::AnyRole again = replayed(world, node);
    live.lose_memory();
    again.lose_memory();
    if (live == again) continue;
    found.push_back(world.plan().plan().nodes[i].name + " knows " + live.text() +
                    ", and by its log " + again.text());
  }
  return found;
}

}  // namespace indoubt::test
