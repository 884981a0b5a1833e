#pragma once

#include "protocols/registry.hpp"

namespace indoubt::blocking_retry {

/// Calls in order, each tried until it is answered. Nothing durable is decided.
protocols::Family family();

}  // namespace indoubt::blocking_retry
