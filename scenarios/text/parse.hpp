#pragma once

#include <cstdint>
#include <optional>

#include "scenarios/text/report.hpp"
#include "scenarios/text/source.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// Objects and lists may be nested so deep; the outermost is level 1.
inline constexpr std::size_t deepest_nesting = 64;

/// Reads `sources[file]` as strict JSON with `//` and `/* */` comments. What is wrong goes to
/// `report`; then, there is no value.
std::optional<Value> parse_json(const Sources& sources, std::uint32_t file, Report& report);

}  // namespace indoubt::scenarios
