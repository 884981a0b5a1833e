#pragma once

#include <cstdint>

namespace indoubt::sim {

/// What a whole number counts, where it may be one or the other.
enum class Unit : std::uint8_t {
  things,
  nanoseconds,              ///< a duration
  milli_things_per_second,  ///< a rate, as "12.5/s" is 12,500
};

}  // namespace indoubt::sim
