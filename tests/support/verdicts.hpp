#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/run/trial.hpp"
#include "tests/support/runs.hpp"

namespace indoubt::test {

/// The properties that a run violates, by name.
inline std::vector<std::string> violated(const Deployment& deployment, std::uint64_t seed = 1) {
  search::Trial trial{search::make_simulation(deployment)};
  trial.run(seed);
  std::vector<std::string> names;
  for (const properties::PropertyDoc& doc : properties::property_docs()) {
    if (trial.judge().tally(doc.property).violations != 0) names.emplace_back(doc.name);
  }
  return names;
}

inline bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace indoubt::test
