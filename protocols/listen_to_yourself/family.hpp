#pragma once

#include "protocols/registry.hpp"

namespace indoubt::listen_to_yourself {

/// Publishing as the only write: everybody, the publisher included, follows the broker's log.
protocols::Family family();

}  // namespace indoubt::listen_to_yourself
