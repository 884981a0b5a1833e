#pragma once

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

namespace indoubt::event_sourcing {

/// How far a reader has come in a log whose events may arrive in any order. It does not pass a
/// position that it has not seen: what is in a gap may still come.
struct Checkpoint {
  std::uint64_t reached = 0;         ///< every event up to this one was seen
  std::vector<std::uint64_t> ahead;  ///< seen behind a gap, sorted

  bool has(std::uint64_t position) const {
    return position <= reached || std::binary_search(ahead.begin(), ahead.end(), position);
  }

  void note(std::uint64_t position) {
    if (has(position)) return;
    ahead.insert(std::lower_bound(ahead.begin(), ahead.end(), position), position);
    const auto gap = std::find_if(ahead.begin(), ahead.end(), [this](std::uint64_t next) {
      if (next != reached + 1) return true;
      reached = next;
      return false;
    });
    ahead.erase(ahead.begin(), gap);
  }

  static auto fields(auto& self) {
    auto& [r, a] = self;
    return std::tie(r, a);
  }
};

}  // namespace indoubt::event_sourcing
