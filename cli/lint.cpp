#include <nlohmann/json.hpp>

#include "cli/load.hpp"
#include "cli/verb.hpp"

namespace indoubt::cli {
namespace {

using Json = nlohmann::ordered_json;

Json warning_json(const scenarios::Diagnostic& warning) {
  return {{"file", warning.file},
          {"line", warning.line},
          {"column", warning.column},
          {"message", warning.message}};
}

/// Standard output has the warnings and nothing else; what cannot be read goes to standard error.
ExitCode lint_files(const Arguments& arguments) {
  if (arguments.operands.empty()) throw UsageError{"which scenario? Give one FILE or more"};
  const bool as_json = arguments.text("format") == "json";
  ExitCode code = ExitCode::as_expected;
  Json warnings = Json::array();
  for (const std::string& file : arguments.operands) {
    const auto scenario = read_scenario(file);
    if (!scenario) {
      code = ExitCode::usage;
      continue;
    }
    if (!scenario->warnings.empty()) code = worse(code, ExitCode::not_as_expected);
    for (const scenarios::Diagnostic& warning : scenario->warnings) {
      as_json ? warnings.push_back(warning_json(warning)) : print(scenarios::format(warning));
    }
  }
  if (as_json) {
    const Json json = {{"format", 1}, {"warnings", std::move(warnings)}};
    print(json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  }
  return code;
}

}  // namespace

Verb lint_verb() {
  return {
      .name = "lint",
      .operands = "FILE...",
      .example = "indoubt lint first.json",
      .summary = "warn about what a scenario cannot show",
      .details =
          "Reads scenarios and prints what is valid and cannot do what its author wants: a\n"
          "fault that never happens, an expectation that cannot be met, numbers that contradict\n"
          "each other. Exit code 0 if there is nothing to warn about, 1 if there is.",
      .options = {{"format", "F", "text (default) or json", {"text", "json"}}},
      .run = lint_files};
}

}  // namespace indoubt::cli
