#pragma once

#include <string>

#include "scenarios/knowledge.hpp"

namespace indoubt::scenarios {

/// The JSON Schema (draft-07) of scenario files, generated from the tables that read them.
std::string json_schema(const Knowledge& knowledge);

}  // namespace indoubt::scenarios
