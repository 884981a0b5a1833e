#pragma once

#include <string>

#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// JSON for people: what fits stands on one line, the rest is broken and indented by two blanks.
/// Ends with a newline. The outermost object is always broken.
std::string pretty_json(const Value& value);

}  // namespace indoubt::scenarios
