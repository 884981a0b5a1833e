#include "protocols/kit/messaging/consumer_groups.hpp"

#include <string>

namespace indoubt::messaging {

std::vector<ConsumerGroup> consumer_groups(kit::Blueprint& blueprint, std::uint64_t consumers) {
  std::vector<ConsumerGroup> groups;
  if (consumers == 1) return groups;
  const kit::NodeList& services = blueprint.services().all;
  std::vector<std::string> names;
  for (std::uint64_t i = 1; i <= services.count * consumers; ++i)
    names.push_back(std::string{consumer_role} + "-" + std::to_string(i));
  const std::vector<sim::NodeId> nodes = blueprint.nodes_for(consumer_role, names);
  auto first = nodes.begin();
  for (const sim::NodeId service : services) {
    const auto end = first + static_cast<std::ptrdiff_t>(consumers);
    groups.push_back({service, {first, end}});
    first = end;
  }
  return groups;
}

void need_processes(kit::FamilyTraits& traits, const std::vector<ConsumerGroup>& groups) {
  for (const ConsumerGroup& group : groups) {
    traits.replicas.push_back(
        {.nodes = group.processes,
         .tolerated = static_cast<std::uint32_t>(group.processes.size() - 1)});
  }
}

kit::Costs with_processes(kit::Costs costs, std::uint64_t n) {
  costs.messages += 2 * n;
  costs.formula += " + 2n";
  return costs;
}

/// The other numbers go without saying.
void offer_processes(kit::FamilyInfo& info) {
  for (const std::string_view name : {"consumer-1", "consumer-2"})
    info.default_nodes.push_back(name);
}

}  // namespace indoubt::messaging
