#pragma once

#include <vector>

#include "scenarios/read/reader.hpp"
#include "scenarios/read/scalars.hpp"
#include "scenarios/read/shape.hpp"
#include "sim/world/fault.hpp"

namespace indoubt::scenarios {

// How events of a run are named, by faults and by an order.

inline constexpr auto read_order_number = read_count<std::uint32_t, 1, kit::most_orders>;
inline constexpr scenarios::Shape order_shape = shape::whole_number(1, kit::most_orders);
inline constexpr scenarios::Shape nth_shape = shape::whole_number(1, largest_nth);

// What a fault waits for. Each reads one value and complains about what is wrong with it.

void read_fact_pattern(Reader& reader, const Value& value, sim::NamedFault& fault);
void read_message_pattern(Reader& reader, const Value& value, sim::NamedFault& fault);
void read_handling(Reader& reader, const Value& value, sim::NamedFault& fault);

std::vector<TableDoc> pattern_tables();

}  // namespace indoubt::scenarios
