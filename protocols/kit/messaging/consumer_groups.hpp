#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/family.hpp"
#include "sim/base/state_hash.hpp"

/// Several processes of one service that take messages from its queue. They crash one by one, and
/// what they have done is in the one database of the service. Sources: Hohpe and Woolf, Enterprise
/// Integration Patterns (2003), for competing consumers; the manuals of RabbitMQ, for the single
/// active consumer, and of Amazon SQS, for groups of messages of which one is under way.
namespace indoubt::messaging {

/// The role of such a process. Their nodes are `consumer-1`, `consumer-2` and so on: those of the
/// first service, then those of the next one.
inline constexpr std::string_view consumer_role = "consumer";

/// How several processes share the queue of their service.
enum class Sharing : std::uint8_t {
  single_active,  ///< one message of the queue is under way, to the one that is active
  competing,      ///< each has a message of its own under way
};

inline std::string_view name_of(Sharing sharing) {
  using enum Sharing;
  switch (sharing) {
    case single_active: return "single-active";
    case competing: return "competing";
  }
  return {};
}

/// The processes of one consumer.
struct ConsumerGroup {
  sim::NodeId consumer{};
  std::vector<sim::NodeId> processes{};
};

/// Position of a consumer's group; their number if it has none.
inline std::size_t group_of(const std::vector<ConsumerGroup>& groups, sim::NodeId consumer) {
  const auto found = std::find_if(groups.begin(), groups.end(), [&](const ConsumerGroup& group) {
    return group.consumer == consumer;
  });
  return static_cast<std::size_t>(found - groups.begin());
}

/// How many take the consumer's messages.
inline std::size_t processes_of(const std::vector<ConsumerGroup>& groups, sim::NodeId consumer) {
  const std::size_t group = group_of(groups, consumer);
  return group == groups.size() ? 1 : groups[group].processes.size();
}

/// Which process of each group is the next to get a message.
struct Turns {
  std::vector<std::uint32_t> next;  ///< by group; those that are missing are 0

  std::uint32_t of(std::size_t group) const { return group < next.size() ? next[group] : 0; }
  /// The next one of so many.
  std::uint32_t pass(std::size_t group, std::size_t processes) {
    if (group >= next.size()) next.resize(group + 1);
    next[group] = (next[group] + 1) % static_cast<std::uint32_t>(processes);
    return next[group];
  }
  void clear() { next.clear(); }

  static auto fields(auto& self) {
    auto& [n] = self;
    return std::tie(n);
  }
  /// One that is missing and one that is 0 are no difference.
  void hash_into(sim::StateHash& hash) const {
    for (std::size_t group = 0; group < next.size(); ++group) {
      if (next[group] != 0) hash.add(std::uint64_t{group} << 32 | next[group]);
    }
  }
};

/// A group of so many processes for each service, on nodes of their own; none if there is one.
std::vector<ConsumerGroup> consumer_groups(kit::Blueprint& blueprint, std::uint64_t consumers);

/// Orders depend on one process of each group.
void need_processes(kit::FamilyTraits& traits, const std::vector<ConsumerGroup>& groups);

/// Such processes have their messages handled by another node, which answers: `n` times.
kit::Costs with_processes(kit::Costs costs, std::uint64_t n);

/// Faults may name their nodes.
void offer_processes(kit::FamilyInfo& info);

}  // namespace indoubt::messaging
