#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "protocols/saga/commands.hpp"

namespace indoubt::saga::queues {

/// What a message on the broker is, and by that whom it is for: two events, and after them the
/// commands for each service, which share its queue.
enum class Topic : std::uint64_t { order_received, order_placed, first_command };

inline Topic topic_of(Command command, std::size_t service) {
  return static_cast<Topic>(static_cast<std::uint64_t>(Topic::first_command) +
                            service * command_count + static_cast<std::uint64_t>(command));
}
/// The command that a message on a service's queue is.
inline Command command_in(Topic topic) {
  const std::uint64_t place =
      static_cast<std::uint64_t>(topic) - static_cast<std::uint64_t>(Topic::first_command);
  return static_cast<Command>(place % command_count);
}

inline std::string name_of(Topic topic) {
  if (topic == Topic::order_received) return "order_received";
  return topic == Topic::order_placed ? "order_placed" : name_of(command_in(topic));
}

}  // namespace indoubt::saga::queues
