#pragma once

#include <cstddef>
#include <cstdint>

namespace indoubt::search {

/// Runs are shared out among threads, and a search can end, in units of this many: enough to make
/// taking them cheap, few enough to share well.
inline constexpr std::uint64_t runs_per_unit = 256;

/// Adds what was counted in a part to the sum, entry by entry.
template <typename Counts>
void add_counts(Counts& sum, const Counts& part) {
  for (std::size_t i = 0; i < part.size(); ++i) sum[i] += part[i];
}

}  // namespace indoubt::search
