#pragma once

#include <cstdint>

#include "protocols/kit/deployment.hpp"

namespace indoubt::scenarios {

/// How long a message and its answer take on the slowest link, if both take what so many of 1,000
/// messages stay below (at most 999).
sim::Duration round_trip(const kit::Deployment& deployment, std::uint32_t thousandths);

/// The same with a force and the work on a message at each end, at the node that is slowest.
sim::Duration round_trip_with_forces(const kit::Deployment& deployment, std::uint32_t thousandths);

}  // namespace indoubt::scenarios
