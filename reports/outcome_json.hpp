#pragma once

#include <cstdint>
#include <string>

#include "properties/outcome.hpp"

namespace indoubt::reports {

/// What became of an order as JSON, in the words that all reports have for it:
/// {"order": 3, "outcome": "placed", "requested": 13000000, "answered": 44100000}, and for one that
/// was not placed in time "hindrance": "out of stock". Times are nanoseconds; `answered` is null
/// where no answer came. `kind` is there if there are several.
std::string outcome_json(std::uint32_t number, const std::string& kind,
                         const properties::OrderOutcome& outcome);

}  // namespace indoubt::reports
