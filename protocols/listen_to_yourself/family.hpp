#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::listen_to_yourself {

/// Publishing as the only write: everybody, the publisher included, follows the broker's log.
kit::Family family();

}  // namespace indoubt::listen_to_yourself
