#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::external {

/// Roles that are programs in any language, which a scenario names (docs/external-nodes.md).
kit::Family family();

}  // namespace indoubt::external
