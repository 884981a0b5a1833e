#pragma once

#include <set>
#include <string>

#include "reports/scenario_result.hpp"

namespace indoubt::cli {

/// A folder that takes a JSON and a text report for each scenario. A file appears there only when it
/// is complete.
class ResultFolder {
 public:
  /// Makes the folder if need be. Throws `UsageError`.
  explicit ResultFolder(std::string path);

  void add(const reports::ScenarioResult& result);

 private:
  std::string unused_name(const std::string& scenario);

  std::string path_;
  std::set<std::string> used_;
};

}  // namespace indoubt::cli
