#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::reservation {

/// Reserve, then assign, with reservations that expire; hardened, and as published.
kit::Family family();

}  // namespace indoubt::reservation
