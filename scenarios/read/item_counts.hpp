#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scenarios/read/reader.hpp"

namespace indoubt::scenarios {

/// Units that all nodes of a scenario together may have: each is a row in a store and in what
/// judges it, so a million of them are a third of a gigabyte for each thread that makes runs.
inline constexpr std::int64_t most_stock = 1'000'000;

/// How many units of an item there may be.
struct UnitBounds {
  std::int64_t least = 0;
  std::int64_t most = most_stock;
};
/// A stock may be sold out from the start.
inline constexpr UnitBounds stock_bounds{};
/// What is taken is something.
inline constexpr UnitBounds take_bounds{.least = 1};

/// Reads `{"item": units}`. `what` names it in messages.
std::vector<kit::ItemCount> read_item_counts(Reader& reader, const Value& value,
                                             std::string_view what, UnitBounds bounds);

}  // namespace indoubt::scenarios
