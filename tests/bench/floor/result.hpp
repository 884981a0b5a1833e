#pragma once

#include <cstdint>

namespace indoubt::bench {

/// What a workload did. Contenders that do the same work agree on events and final time; contenders
/// that also send the same words agree on the digest.
struct FloorResult {
  std::uint64_t events = 0;
  std::int64_t final_time = 0;
  std::uint64_t digest = 0;

  bool operator==(const FloorResult&) const = default;
};

}  // namespace indoubt::bench
