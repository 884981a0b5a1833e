#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::outbox {

/// The transactional outbox: what has to be told is written with what it tells of, and relayed.
kit::Family family();

}  // namespace indoubt::outbox
