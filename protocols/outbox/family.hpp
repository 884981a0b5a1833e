#pragma once

#include "protocols/registry.hpp"

namespace indoubt::outbox {

/// The transactional outbox: what has to be told is written with what it tells of, and relayed.
protocols::Family family();

}  // namespace indoubt::outbox
