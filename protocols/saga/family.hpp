#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::saga {

/// Sagas: every service commits its step at once, and a step that should not have been is undone.
kit::Family family();

}  // namespace indoubt::saga
