#include <utility>

#include "scenarios/lint.hpp"
#include "scenarios/load/extends.hpp"
#include "scenarios/load/files.hpp"
#include "scenarios/read/expectations.hpp"
#include "scenarios/read/head.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/sweep/cells.hpp"
#include "scenarios/sweep/sweep.hpp"
#include "scenarios/sweep/variables.hpp"
#include "scenarios/text/print.hpp"

namespace indoubt::scenarios {
namespace {

/// The keys that are the same for all cells. `description` is free text.
void check_no_variables(const Reader& reader, const Value& root) {
  for (const std::string_view key : {"format", "name", "tags"}) {
    if (const Value* value = root.find(key)) check_holds_no_variable(reader, *value);
  }
}

void read_root(Reader& reader, const Value& root, Scenario& scenario) {
  check_no_variables(reader, root);
  read_head(reader, root, scenario);
  const Sweep sweep = read_sweep(reader, root.find("sweep"));
  scenario.first_seed = sweep.first_seed;
  scenario.seed_count = sweep.seed_count;
  const std::size_t errors_before = reader.report.error_count();
  read_cells(reader, root, sweep, scenario);
  // Where some cells are missing, an expectation may seem to be about none.
  if (reader.report.error_count() > errors_before) scenario.cells.clear();
  lint_cells(reader.report, root, scenario.cells, reader.knowledge);
  if (const Value* expect = root.find("expect")) {
    read_expectations(reader, *expect, scenario);
    if (!reader.report.has_errors())
      lint_expectations(reader.report, *expect, scenario, reader.knowledge);
  }
}

ReadResult read_sources(Sources sources, const Knowledge& knowledge) {
  Report report;
  Reader reader{report, knowledge, &sources};
  Scenario scenario;
  scenario.file = sources.front().name;
  if (const std::optional<Value> root = load_merged(sources, report)) {
    read_root(reader, *root, scenario);
  }
  if (report.has_errors()) return report.diagnostics(sources, Severity::error);
  for (std::size_t i = 1; i < sources.size(); ++i) scenario.extended.push_back(sources[i].name);
  scenario.warnings = report.diagnostics(sources, Severity::warning);
  return scenario;
}

}  // namespace

ReadResult read_scenario_text(std::string_view text, const std::string& filename,
                              const Knowledge& knowledge) {
  if (text.size() > largest_file) {
    return std::vector{
        Diagnostic{filename, 0, 0, 1, Severity::error, "is larger than 16 MiB", {}, {}}};
  }
  return read_sources({{filename, std::string{text}}}, knowledge);
}

ReadResult read_scenario_file(const std::string& path, const Knowledge& knowledge) {
  FileText content = read_file(path);
  if (!content.text) {
    return std::vector{Diagnostic{path, 0, 0, 1, Severity::error, content.problem, {}, {}}};
  }
  return read_sources({{path, std::move(*content.text)}}, knowledge);
}

std::optional<std::string> read_merged_text(const std::string& path) {
  FileText content = read_file(path);
  if (!content.text) return std::nullopt;
  Sources sources{{path, std::move(*content.text)}};
  Report report;
  const std::optional<Value> root = load_merged(sources, report);
  if (!root || report.has_errors()) return std::nullopt;
  return pretty_json(*root);
}

}  // namespace indoubt::scenarios
