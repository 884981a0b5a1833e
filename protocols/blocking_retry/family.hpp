#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::blocking_retry {

/// Calls in order, each tried until it is answered. Nothing durable is decided.
kit::Family family();

}  // namespace indoubt::blocking_retry
