#pragma once

#include "protocols/registry.hpp"

namespace indoubt::event_sourcing {

/// A saga whose state is the fold of its events, which are in an event store.
protocols::Family family();

}  // namespace indoubt::event_sourcing
