#include "cli/load.hpp"

#include "cli/knowledge.hpp"
#include "cli/verb.hpp"
#include "scenarios/reader.hpp"

namespace indoubt::cli {

std::optional<scenarios::Scenario> load_scenario(const std::string& file, std::string* problems) {
  scenarios::ReadResult read = scenarios::read_scenario_file(file, knowledge());
  if (const auto* errors = std::get_if<std::vector<scenarios::Diagnostic>>(&read)) {
    const std::string text = scenarios::format(*errors);
    complain(text);
    if (problems != nullptr) *problems = text;
    return std::nullopt;
  }
  auto& scenario = std::get<scenarios::Scenario>(read);
  complain(scenarios::format(scenario.warnings));
  return std::move(scenario);
}

std::vector<std::string> files_of(const scenarios::Scenario& scenario) {
  std::vector<std::string> files{scenario.file};
  files.insert(files.end(), scenario.extended.begin(), scenario.extended.end());
  return files;
}

}  // namespace indoubt::cli
