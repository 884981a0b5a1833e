#pragma once

#include <string>

#include "cli/files.hpp"
#include "reports/scenario_result.hpp"

namespace indoubt::cli {

/// A folder that takes a JSON and a text report for each scenario.
class ResultFolder {
 public:
  /// Makes the folder if need be. Throws `UsageError`.
  explicit ResultFolder(const std::string& path) : folder_{path} {}

  void add(const reports::ScenarioResult& result);

 private:
  OutputFolder folder_;
};

}  // namespace indoubt::cli
