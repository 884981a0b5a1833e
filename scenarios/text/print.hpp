#pragma once

#include <string>

#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// JSON for people: what fits stands on one line, the rest is broken and indented by two blanks.
/// Ends with a newline. The outermost object is always broken.
std::string pretty_json(const Value& value);

/// The same for a value that goes into other text, without a newline: its first line begins `used`
/// characters into a line of `width`, and its last one is indented by `indent`.
std::string pretty_json_inside(const Value& value, std::size_t indent, std::size_t used,
                               std::size_t width);

}  // namespace indoubt::scenarios
