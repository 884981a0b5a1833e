#include <array>

#include "cli/listing.hpp"
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

ExitCode print_list(const Arguments& arguments) {
  if (arguments.operands.size() != 1) {
    throw UsageError{"list what? protocols, properties, faults, facts, mutants or scenarios"};
  }
  const std::string& what = arguments.operands.front();
  check_choice("list", what, list_names());
  for (const List& list : lists) {
    if (list.name != what) continue;
    const std::vector<Entry> entries = list.entries();
    const bool as_json = arguments.text("format") == "json";
    print(as_json ? listing_json(what, entries) : listing_text(entries));
    if (entries.empty()) complain("indoubt list: there are no " + what + "\n");
  }
  return ExitCode::as_expected;
}

}  // namespace

Verb list_verb() {
  return {.name = "list",
          .operands = "WHAT",
          .summary = "protocols, properties, faults, facts, mutants or scenarios",
          .details = "Lists what scenarios may name, or the scenarios that come with indoubt. WHAT is\n"
                     "protocols, properties, faults, facts, mutants or scenarios.",
          .options = {{"format", "F", "text (default) or json", {"text", "json"}}},
          .operand_choices = list_names(),
          .run = print_list};
}

}  // namespace indoubt::cli
