#pragma once

#include <string>
#include <vector>

#include "sim/world/event_order.hpp"

namespace indoubt::reports {

/// What takes place: "the 2nd vote of order 1 from store reaches orders".
std::string event_text(const sim::NamedEvent& event);

/// What comes before what: "vote of order 1 from store reaches orders, before vote_timeout of order
/// 1 fires at orders". Nothing if nothing has to come in order.
std::string event_order_text(const std::vector<sim::NamedEvent>& order);

}  // namespace indoubt::reports
