#include <algorithm>
#include <array>

#include "cli/detect.hpp"
#include "cli/library.hpp"
#include "cli/listing.hpp"
#include "cli/selection.hpp"
#include "cli/verb.hpp"

namespace indoubt::cli {
namespace {

struct List {
  std::string_view name;
  std::vector<Entry> (*entries)();
};
constexpr std::array<List, 6> lists{{{"protocols", list_protocols},
                                     {"properties", list_properties},
                                     {"faults", list_faults},
                                     {"facts", list_facts},
                                     {"mutants", list_mutants},
                                     {"scenarios", list_scenarios}}};

std::vector<std::string_view> list_names() {
  std::vector<std::string_view> names;
  for (const List& list : lists) names.push_back(list.name);
  return names;
}

/// `list mutants --detect FILE [FILE...]`: what follows WHAT are more files.
ExitCode detect(const Arguments& arguments) {
  std::vector<std::string> files{*arguments.text("detect")};
  const auto& operands = arguments.operands;
  if (operands.empty() || operands.front() != "mutants")
    throw UsageError{"--detect is for mutants"};
  files.insert(files.end(), operands.begin() + 1, operands.end());
  return detect_mutants(arguments, files);
}

/// Only scenarios can be missing: they are files, and are looked for beside the program.
std::string nothing_listed(const std::string& what) {
  std::string text = "indoubt list: there are no " + what;
  const std::vector<std::filesystem::path> places = library_places();
  if (places.empty()) return text + "; where this program is cannot be found out\n";
  text += " in";
  for (const std::filesystem::path& place : places) text += "\n  " + place.string();
  return text + "\n";
}

/// Leaves the scenarios that have this tag. Throws `UsageError` if none has.
void keep_tagged(std::vector<Entry>& scenarios, const std::string& tag) {
  std::vector<std::string> known;
  for (const Entry& scenario : scenarios) {
    known.insert(known.end(), scenario.tags.begin(), scenario.tags.end());
  }
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  check_choice("--tag", tag, std::vector<std::string_view>{known.begin(), known.end()});
  std::erase_if(scenarios, [&](const Entry& scenario) {
    return std::find(scenario.tags.begin(), scenario.tags.end(), tag) == scenario.tags.end();
  });
}

ExitCode print_list(const Arguments& arguments) {
  const bool asks_for_many = arguments.text("mutant").value_or("").find('*') != std::string::npos;
  if (!asks_for_many) check_selection(arguments);
  if (arguments.has("detect")) return detect(arguments);
  for (const std::string_view option : {"mutant", "jobs"}) {
    if (arguments.has(option)) throw UsageError{"--" + std::string{option} + " is for --detect"};
  }
  if (arguments.text("format") == "markdown") throw UsageError{"--format markdown is for --detect"};
  if (arguments.operands.size() != 1) {
    throw UsageError{"list what? protocols, properties, faults, facts, mutants or scenarios"};
  }
  const std::string& what = arguments.operands.front();
  check_choice("list", what, list_names());
  if (arguments.has("tag") && what != "scenarios") throw UsageError{"--tag is for scenarios"};
  for (const List& list : lists) {
    if (list.name != what) continue;
    std::vector<Entry> entries = list.entries();
    if (const auto tag = arguments.text("tag"); tag && !entries.empty()) keep_tagged(entries, *tag);
    const bool as_json = arguments.text("format") == "json";
    print(as_json ? listing_json(what, entries) : listing_text(entries));
    if (entries.empty()) complain(nothing_listed(what));
  }
  return ExitCode::as_expected;
}

}  // namespace

Verb list_verb() {
  return {.name = "list",
          .operands = "WHAT",
          .example = "indoubt list scenarios --tag lessons",
          .summary = "protocols, properties, faults, facts, mutants or scenarios",
          .details =
              "Lists what scenarios may name, or the scenarios that come with indoubt. WHAT is\n"
              "protocols, properties, faults, facts, mutants or scenarios. These begin with the "
              "lessons,\n"
              "in the order in which they are best taken.",
          .options = {{"tag", "T", "of the scenarios those that have this tag"},
                      {"detect", "FILE",
                       "plant each mutant in the cells of FILE, and of files after "
                       "it, and say what finds it, at which cost"},
                      {"mutant", "M",
                       "with --detect: look for this one alone, or for several made together, as "
                       "M-F02,M-F08; * stands for any text"},
                      {"jobs", "N", "with --detect: searches at the same time"},
                      {"format",
                       "F",
                       "text (default) or json; with --detect also markdown",
                       {"text", "json", "markdown"}}},
          .operand_choices = list_names(),
          .run = print_list};
}

}  // namespace indoubt::cli
