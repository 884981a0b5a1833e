#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "properties/property.hpp"
#include "search/exhaustive/fault_sets.hpp"
#include "search/findings/shape.hpp"
#include "search/journal/store.hpp"

namespace indoubt::search {

/// A failing run of a share, by the way to it.
struct ShareFinding {
  Path path{};
  properties::Property property{};
  std::uint64_t digest = 0;
  Shape shape{};
  bool operator==(const ShareFinding&) const = default;
};

/// What a share came to.
struct Share {
  std::uint64_t schedules = 0;
  std::uint64_t events = 0;
  properties::PropertySet checked{};      ///< in any run
  std::uint64_t facts_seen = 0;           ///< in any run: bit sets of `sim::FactKind`
  std::uint32_t actions_seen = 0;         ///< and of `sim::Action`
  properties::PropertyCounts unjudged{};  ///< runs that ended too early to judge it
  std::vector<std::uint64_t> digests{};   ///< the distinct ones, sorted
  std::vector<ShareFinding> findings{};   ///< the first of each shape
  bool is_whole = true;                   ///< not ended before all its sets were tried
  bool operator==(const Share&) const = default;
};

/// The share as bytes. The shapes of its findings are left out: its reader makes those runs again.
std::string bytes_of(const Share& share);
/// Nothing if the bytes are not those of a share.
std::optional<Share> share_of(std::string_view bytes);

}  // namespace indoubt::search
