#pragma once

#include <optional>

#include "search/findings/counterexample.hpp"
#include "search/orders/moves.hpp"
#include "search/orders/orders.hpp"

namespace indoubt::search {

/// The run of a path as a deployment of its own: its faults as data, and its events as the list of
/// their order. `deployment` is the one that is searched, `start` a run of it in order that has
/// not taken a step. Nothing if the run does not violate the property when it is made from that: it
/// was a path that goes on for ever only if somebody is never let go first.
std::optional<Counterexample> retell(const kit::Deployment& deployment, const Trial& start,
                                     const Moves& path, std::uint32_t actions,
                                     properties::Property property);

}  // namespace indoubt::search
