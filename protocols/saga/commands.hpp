#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace indoubt::saga {

/// What an orchestrator tells a service, however it gets there.
enum class Command : std::uint64_t { step, compensate, complete };
inline constexpr std::uint64_t command_count = 3;

inline std::string name_of(Command command) {
  static constexpr std::array<std::string_view, command_count> names{"step", "compensate",
                                                                     "complete"};
  return std::string{names[static_cast<std::size_t>(command)]};
}

/// By which name it is drawn whether such a message is poison at its service. A step's is that of
/// all families, so that the same orders are struck.
inline std::string_view poison_of(Command command) {
  static constexpr std::array<std::string_view, command_count> names{"poison", "poison-compensate",
                                                                     "poison-complete"};
  return names[static_cast<std::size_t>(command)];
}

}  // namespace indoubt::saga
