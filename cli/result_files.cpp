#include "cli/result_files.hpp"

#include "cli/terminal.hpp"
#include "reports/json_report.hpp"
#include "reports/text/text_report.hpp"

namespace indoubt::cli {

void ResultFolder::add(const reports::ScenarioResult& result) {
  const std::string base = folder_.unused_path(result.scenario.name).string();
  write_file(base + ".json", reports::json_report(result));
  write_file(base + ".txt", reports::text_report(result, file_style()));
}

}  // namespace indoubt::cli
