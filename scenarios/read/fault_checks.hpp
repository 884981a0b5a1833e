#pragma once

#include <span>
#include <string_view>

#include "scenarios/read/reader.hpp"
#include "sim/world/fault.hpp"

namespace indoubt::scenarios {

/// Keys that say when a fault happens; `handling` and `effect` together are a place.
std::span<const std::string_view> trigger_keys();

/// Whether the fault has exactly one trigger; complains if it does not.
bool check_trigger(Reader& reader, const Value& value);

/// Sets the trigger of a fault that was read key by key, and complains about keys that do not fit
/// its action or each other.
void check_fault(Reader& reader, const Value& value, sim::NamedFault& fault);

/// Adds the fault to the deployment. What it names and the cell's family lacks is taken out of it
/// first; if nothing is left, the fault does not apply. Both are noted.
void add_if_it_applies(Reader& reader, sim::NamedFault fault);

}  // namespace indoubt::scenarios
