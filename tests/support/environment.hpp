#pragma once

#include <cstdint>
#include <cstdlib>

namespace indoubt::test {

/// How much a test is to do: what the environment asks for, or what a build has time for.
inline std::uint64_t count_from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

}  // namespace indoubt::test
