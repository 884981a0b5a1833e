#pragma once

#include "protocols/registry.hpp"

namespace indoubt::saga {

/// Sagas: every service commits its step at once, and a step that should not have been is undone.
protocols::Family family();

}  // namespace indoubt::saga
