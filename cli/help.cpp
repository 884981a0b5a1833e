#include "cli/verb.hpp"

namespace indoubt::cli {
namespace {

constexpr std::string_view exit_codes =
    "Exit codes: 0 as expected, 1 an expectation failed, 2 wrong usage, an invalid scenario or a\n"
    "file that cannot be read or written, 3 inconclusive, 70 a bug in indoubt, 130 interrupted.\n";

ExitCode run_help(const Arguments& arguments) {
  if (arguments.has("man") && !arguments.operands.empty())
    throw UsageError{"--man is about all commands"};
  if (arguments.operands.empty()) {
    print(arguments.has("man") ? man_page() : general_help());
    return ExitCode::as_expected;
  }
  if (arguments.operands.size() > 1) throw UsageError{"help is about one command at a time"};
  const std::string& name = arguments.operands.front();
  const Verb* verb = find_verb(name);
  if (verb == nullptr) {
    std::vector<std::string_view> names;
    for (const Verb& known : verbs()) names.push_back(known.name);
    throw UsageError{"unknown command '" + name + "'" + did_you_mean(name, names)};
  }
  print(help_of(*verb));
  return ExitCode::as_expected;
}

}  // namespace

std::string_view exit_codes_text() { return exit_codes; }

std::string general_help() {
  std::string text =
      "indoubt runs distributed-transaction protocols under faults and says what each of them\n"
      "keeps and loses.\n\n";
  for (const Verb& verb : verbs()) {
    std::string line = "  indoubt " + std::string{verb.name} + " " + std::string{verb.operands};
    line.resize(std::max<std::size_t>(line.size() + 2, 34), ' ');
    text += line + std::string{verb.summary} + "\n";
  }
  text += "  indoubt --version\n\n";
  return text + "'indoubt help COMMAND' says more about one of them. " +
         "Begin with 'indoubt list scenarios'.\n\n" + std::string{exit_codes};
}

std::string help_of(const Verb& verb) {
  std::string text = std::string{verb.example} + "\n\nusage: indoubt " + std::string{verb.name};
  if (!verb.operands.empty()) text += " " + std::string{verb.operands};
  if (!verb.options.empty()) text += " [options]";
  text += "\n\n" + std::string{verb.details} + "\n";
  if (!verb.options.empty()) text += "\n" + help_of(verb.options);
  return text + "\n" + std::string{exit_codes};
}

std::string version_text() { return "indoubt " INDOUBT_VERSION "\n"; }

Verb version_verb() {
  return {.name = "version",
          .operands = "",
          .example = "indoubt version",
          .summary = "which version this is",
          .details = "Prints the version, as --version does.",
          .run = [](const Arguments& arguments) {
            if (!arguments.operands.empty()) throw UsageError{"nothing can follow 'version'"};
            print(version_text());
            return ExitCode::as_expected;
          }};
}

Verb help_verb() {
  return {.name = "help",
          .operands = "[COMMAND]",
          .example = "indoubt help explore",
          .summary = "what a command does",
          .details = "Says what a command does and which options it has.",
          .options = {{"man", "", "print the manual page, for man(1)"}},
          .run = run_help};
}

}  // namespace indoubt::cli
