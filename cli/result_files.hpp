#pragma once

#include <string>

#include "cli/files.hpp"
#include "cli/loaded_files.hpp"
#include "reports/scenario_result.hpp"

namespace indoubt::cli {

/// A folder that takes a JSON and a text report for each scenario.
class ResultFolder {
 public:
  /// Makes the folder if need be. Throws `FileError`.
  explicit ResultFolder(const std::string& path) : folder_{path} {}

  /// Throws `FileError` if a report of these cannot be written, and `UsageError` if it would take
  /// the place of a file that is read.
  void check(const LoadedFiles& loaded) const;

  /// Throws `FileError`.
  void add(const reports::ScenarioResult& result);

 private:
  OutputFolder folder_;
};

}  // namespace indoubt::cli
