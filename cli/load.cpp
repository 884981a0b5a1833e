#include "cli/load.hpp"

#include <iostream>
#include <iterator>
#include <string_view>

#include "cli/knowledge.hpp"
#include "cli/verb.hpp"
#include "scenarios/reader.hpp"

namespace indoubt::cli {
namespace {

constexpr std::string_view standard_input = "-";

std::string standard_input_text() {
  std::string text{std::istreambuf_iterator<char>{std::cin}, {}};
  if (std::cin.bad()) throw FileError{"cannot read standard input"};
  return text;
}

}  // namespace

std::optional<scenarios::Scenario> read_scenario(const std::string& file, std::string* problems) {
  scenarios::ReadResult read =
      file == standard_input
          ? scenarios::read_scenario_text(standard_input_text(), file, knowledge())
          : scenarios::read_scenario_file(file, knowledge());
  if (const auto* errors = std::get_if<std::vector<scenarios::Diagnostic>>(&read)) {
    const std::string text = scenarios::format(*errors);
    complain(text);
    if (problems != nullptr) *problems = text;
    return std::nullopt;
  }
  return std::move(std::get<scenarios::Scenario>(read));
}

std::optional<scenarios::Scenario> load_scenario(const std::string& file, std::string* problems) {
  std::optional<scenarios::Scenario> scenario = read_scenario(file, problems);
  if (scenario) complain(scenarios::format(scenario->warnings));
  return scenario;
}

std::vector<std::string> files_of(const scenarios::Scenario& scenario) {
  std::vector<std::string> files{scenario.file};
  files.insert(files.end(), scenario.extended.begin(), scenario.extended.end());
  return files;
}

}  // namespace indoubt::cli
