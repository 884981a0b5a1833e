#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>

#include "properties/outcome.hpp"

namespace indoubt::reports {

/// What became of an order, in the words that all JSON has for it:
/// {"order": 3, "outcome": "placed", "requested": 13000000, "answered": 44100000}, and for one that
/// was not placed in time "hindrance": "out of stock". Times are nanoseconds; `answered` is null
/// where no answer came.
nlohmann::ordered_json outcome_json(std::uint32_t number, const properties::OrderOutcome& outcome);

}  // namespace indoubt::reports
