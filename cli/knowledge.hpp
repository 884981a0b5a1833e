#pragma once

#include "scenarios/knowledge.hpp"

namespace indoubt::cli {

/// What this program knows: its families, properties and metrics.
const scenarios::Knowledge& knowledge();

}  // namespace indoubt::cli
