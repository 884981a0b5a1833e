#pragma once

#include <string_view>
#include <tuple>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/messaging/consumer_groups.hpp"
#include "protocols/kit/messaging/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::messaging {

/// Whom a process talks to.
struct ProcessSettings {
  sim::NodeId broker{};
  sim::NodeId database{};  ///< of its service, which it shares with the others
};

/// One of several processes of a service. It has a message handled in one transaction of the
/// service's database, where the inbox is as well, and acknowledges it when that has committed. It
/// remembers nothing: what it was at is not acknowledged, and somebody gets it again.
template <typename Context, typename Topic>
struct ConsumerProcess {
  static constexpr std::string_view role_name = consumer_role;

  sim::Constant<ProcessSettings> settings;

  void on(const Deliver<Topic>& message, Context& ctx) { ctx.send(settings->database, message); }
  /// The database has committed, or had done so before.
  void on(const Consumed& done, Context& ctx) { ctx.send(settings->broker, done); }

  void lose_memory() {}

  static auto fields(auto& self) {
    auto& [s] = self;
    return std::tie(s);
  }
};

/// Places this role for every process.
template <typename Messages, typename Records, typename Process>
void place_processes(kit::Blueprint& blueprint, sim::NodeId from,
                     const std::vector<ConsumerGroup>& groups, Process process) {
  for (const ConsumerGroup& group : groups) {
    process.settings = blueprint.keep(ProcessSettings{from, group.consumer});
    for (const sim::NodeId node : group.processes)
      blueprint.place<Messages, Records>(node, process);
  }
}

}  // namespace indoubt::messaging
