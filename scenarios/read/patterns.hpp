#pragma once

#include <vector>

#include "scenarios/read/reader.hpp"
#include "scenarios/read/shape.hpp"
#include "sim/world/fault.hpp"

namespace indoubt::scenarios {

// What a fault waits for. Each reads one value and complains about what is wrong with it.

void read_fact_pattern(Reader& reader, const Value& value, sim::NamedFault& fault);
void read_message_pattern(Reader& reader, const Value& value, sim::NamedFault& fault);
void read_handling(Reader& reader, const Value& value, sim::NamedFault& fault);

std::vector<TableDoc> pattern_tables();

}  // namespace indoubt::scenarios
