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
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    if (trial.judge().tally(doc.property).violations != 0) names.emplace_back(doc.name);
  }
  return names;
}

/// The properties that a lost node of the run would put right, by name.
inline std::vector<std::string> owed(const Deployment& deployment, std::uint64_t seed = 1) {
  search::Trial trial{search::make_simulation(deployment)};
  trial.run(seed);
  std::vector<std::string> names;
  trial.judge().report().owed().for_each(
      [&](properties::Property property) { names.emplace_back(name_of(property)); });
  return names;
}

inline bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace indoubt::test
