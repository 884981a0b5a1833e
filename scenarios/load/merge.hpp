#pragma once

#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// Applies a JSON merge patch (RFC 7396): objects merge key by key, null removes a key, and all
/// other values replace what was there. Every value keeps its own place.
void merge_patch(Value& target, const Value& patch);

}  // namespace indoubt::scenarios
