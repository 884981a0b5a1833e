#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scenarios/read/reader.hpp"

namespace indoubt::scenarios {

/// Units of one item that a node may have: what the largest workload can take.
inline constexpr std::int64_t most_stock =
    std::int64_t{kit::most_orders} * kit::most_units_per_service_and_order;

/// Reads `{"item": units}` with at least one unit of each. `what` names it in
/// messages.
std::vector<kit::ItemCount> read_item_counts(Reader& reader, const Value& value,
                                                  std::string_view what, std::int64_t most);

}  // namespace indoubt::scenarios
