#pragma once

#include <span>
#include <string>
#include <vector>

#include "reports/scenario_result.hpp"

namespace indoubt::reports {

/// What cells have in common besides seeds, and what differs between them and is not the protocol.
struct SettingsCompared {
  struct Line {
    std::string name;   ///< "workload.orders", "vote_timeout"
    std::string value;  ///< as a scenario would write it
    std::string whose;  ///< protocols, or classes of fault; empty: everybody's
  };
  std::vector<Line> equal{};
  std::vector<Line> different{};
  /// Where timeouts and lifetimes, rather than protocols, may decide what is compared.
  std::vector<std::string> warnings{};
};

SettingsCompared settings_compared(std::span<const ScenarioResult> results);

/// What goes wrong in a scenario, as sentences: its faults, and the chances of its network.
std::vector<std::string> faults_in_words(const ScenarioResult& result);

}  // namespace indoubt::reports
