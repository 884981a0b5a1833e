#pragma once

#include "protocols/registry.hpp"

namespace indoubt::reservation {

/// Reserve, then assign, with reservations that expire; hardened, and as published.
protocols::Family family();

}  // namespace indoubt::reservation
