#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::event_sourcing {

/// A saga whose state is the fold of its events, which are in an event store.
kit::Family family();

}  // namespace indoubt::event_sourcing
