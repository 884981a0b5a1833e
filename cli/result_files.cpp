#include "cli/result_files.hpp"

#include "cli/terminal.hpp"
#include "reports/json_report.hpp"
#include "reports/text/text_report.hpp"

namespace indoubt::cli {

void ResultFolder::check(const LoadedFiles& loaded) const {
  OutputFolder folder = folder_;  // the names are given out again
  std::vector<Output> outputs;
  for (const Selection& selection : loaded.selections) {
    const std::string base = folder.unused_path(selection.scenario.name).string();
    outputs.push_back({"--out:", base + ".json"});
    outputs.push_back({"--out:", base + ".txt"});
  }
  check_outputs(outputs, loaded.files);
}

void ResultFolder::add(const reports::ScenarioResult& result) {
  const std::string base = folder_.unused_path(result.scenario.name).string();
  write_file(base + ".json", reports::json_report(result));
  write_file(base + ".txt", reports::text_report(result, file_style()));
}

}  // namespace indoubt::cli
