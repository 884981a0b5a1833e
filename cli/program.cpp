#include <algorithm>
#include <array>
#include <exception>
#include <optional>

#include "cli/verb.hpp"
#include "external/consent.hpp"
#include "reports/program.hpp"
#include "sim/base/blame.hpp"

namespace indoubt::cli {
namespace {

const std::vector<Verb>& all_verbs() {
  static const std::vector<Verb> all{
      run_verb(),      explore_verb(),    shrink_verb(),  compare_verb(),
      campaign_verb(), trace_verb(),      lab_verb(),     validate_verb(),
      lint_verb(),     new_verb(),        list_verb(),    explain_verb(),
      schema_verb(),   completion_verb(), version_verb(), help_verb()};
  return all;
}

[[noreturn]] void throw_unknown(const std::string& word) {
  std::vector<std::string_view> names;
  for (const Verb& verb : verbs()) names.push_back(verb.name);
  const std::string what = word.starts_with('-') ? "unknown option '" : "unknown command '";
  if (!word.starts_with('-')) throw UsageError{what + word + "'" + did_you_mean(word, names)};
  constexpr std::array<std::string_view, 2> options{"--help", "--version"};
  throw UsageError{what + word + "'" + did_you_mean(word, options)};
}

ExitCode run_verb_named(const std::vector<std::string>& words) {
  const std::string& name = words.front();
  const Verb* verb = find_verb(name);
  if (verb == nullptr) throw_unknown(name);
  const std::vector<std::string> rest{words.begin() + 1, words.end()};
  const auto end = std::find(rest.begin(), rest.end(), "--");
  const bool wants_help =
      std::find(rest.begin(), end, "--help") != end || std::find(rest.begin(), end, "-h") != end;
  if (wants_help) {
    print(help_of(*verb));
    return ExitCode::as_expected;
  }
  return verb->run(parse_arguments(verb->options, rest));
}

ExitCode dispatch(const std::vector<std::string>& words) {
  if (words.empty()) {
    complain(general_help());
    return ExitCode::usage;
  }
  const std::string& first = words.front();
  if (first == "--version" || first == "--help" || first == "-h") {
    if (words.size() > 1) throw UsageError{"nothing can follow '" + first + "'"};
    print(first == "--version" ? version_text() : general_help());
    return ExitCode::as_expected;
  }
  return run_verb_named(words);
}

ExitCode complain_about_usage(const std::vector<std::string>& words, const UsageError& error) {
  const bool knows_verb =
      !words.empty() && words.front() != "help" && find_verb(words.front()) != nullptr;
  const std::string verb = knows_verb ? " " + words.front() : "";
  const std::string program = reports::program_name();
  complain(program + verb + ": error: " + error.what() + "\nTry '" + program + verb +
           " --help'.\n");
  return ExitCode::usage;
}

/// What has gone wrong ends in an exit code, too.
ExitCode run_and_catch(const std::vector<std::string>& words) {
  try {
    const ExitCode code = dispatch(words);
    print("");
    return code;
  } catch (const UsageError& error) {
    return complain_about_usage(words, error);
  } catch (const FileError& error) {
    complain(std::string{"indoubt: error: "} + error.what() + "\n");
    return ExitCode::usage;
  } catch (const OutputError& error) {
    if (!error.is_quiet) complain(std::string{"indoubt: error: "} + error.what() + "\n");
    return ExitCode::usage;
  } catch (const std::exception& error) {
    complain(std::string{"indoubt: this is a bug: "} + error.what() + "\n");
    return ExitCode::bug;
  }
}

}  // namespace

std::span<const Verb> verbs() { return all_verbs(); }

const Verb* find_verb(std::string_view name) {
  const auto all = verbs();
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const Verb& verb) { return verb.name == name; });
  return at == all.end() ? nullptr : &*at;
}

namespace {

/// With an external node that is not deterministic all that came of it came of chance, and what
/// would be a bug of ours without such nodes most likely is one of theirs.
std::optional<std::string> blame_of_programs() {
  if (!external::are_programs_allowed()) return std::nullopt;
  return "nothing that was found counts: " +
         external::why_void().value_or(
             "no two runs were equal; most likely an external node depends on more than what it is "
             "told");
}

}  // namespace

ExitCode run_program(const std::vector<std::string>& words) {
  sim::ask_before_blame(blame_of_programs);
  const ExitCode code = run_and_catch(words);
  if (code != ExitCode::bug && !external::why_void()) return code;
  const auto blame = blame_of_programs();
  if (!blame) return code;
  complain(reports::program_name() + ": error: " + *blame + "\n");
  return ExitCode::usage;
}

}  // namespace indoubt::cli
