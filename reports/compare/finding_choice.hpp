#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "reports/scenario_result.hpp"

namespace indoubt::reports {

/// A violation that is worth a smallest run of its own.
struct FindingChoice {
  std::size_t of_class = 0;  ///< position of the scenario among the results
  std::size_t cell = 0;      ///< position in its cells
  properties::Property property{};
  bool operator==(const FindingChoice&) const = default;
};

struct FindingChoices {
  std::vector<FindingChoice> chosen{};
  std::size_t left_out = 0;  ///< violated properties of cells that were not chosen
};

/// At most `most`: first what answers the questions for each form of a protocol, hardened before
/// published, in the first class that breaks it; then one for each property that none of these
/// shows.
FindingChoices choose_findings(std::span<const ScenarioResult> results, std::size_t most);

}  // namespace indoubt::reports
