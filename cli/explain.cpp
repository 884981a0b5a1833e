#include <algorithm>

#include "cli/page.hpp"
#include "cli/terminal.hpp"
#include "cli/verb.hpp"
#include "protocols/kit/generic_mutants.hpp"
#include "reports/program.hpp"

namespace indoubt::cli {
namespace {

using Found = std::vector<const Page*>;

Found pages_named(std::string_view kind, std::string_view name) {
  Found found;
  for (const Page& page : pages()) {
    if (!kind.empty() && page.kind != kind) continue;
    if (page.entry.name == name || page.full_name() == name) found.push_back(&page);
  }
  return found;
}

[[noreturn]] void throw_unknown_name(std::string_view kind, const std::string& name) {
  std::vector<std::string> names;
  for (const Page& page : pages()) {
    if (!kind.empty() && page.kind != kind) continue;
    names.push_back(page.entry.name);
    names.push_back(page.full_name());
  }
  const std::string what = kind.empty() ? "nothing" : "no " + std::string{kind};
  if (kind.empty() && find_verb(name) != nullptr) {
    throw UsageError{"'" + name + "' is a command: '" + reports::program_name() + " help " + name +
                     "' explains it"};
  }
  throw UsageError{what + " is called '" + name + "'" +
                   did_you_mean(name, std::vector<std::string_view>{names.begin(), names.end()})};
}

/// One page, or if several things are called that, which ones and how to ask for each.
std::string found_text(const Found& found) {
  const reports::Style style = output_style();
  if (found.size() == 1) return page_text(*found.front(), style);
  std::string text = "Several things are called that. Ask for one of them:\n\n";
  for (const Page* page : found) {
    const std::string name = page->full_name();
    const bool is_quoted = name.find(' ') != std::string::npos;
    text += "  " + reports::program_name() + " explain " + std::string{page->kind} + " " +
            (is_quoted ? "'" + name + "'" : name) + "\n" +
            reports::wrapped(page->entry.doc, style.width, "      ");
  }
  return text;
}

/// What there is, by kind. Mistakes that every role can have are in 'list mutants'.
std::string everything() {
  std::string text;
  for (const PageKind& kind : page_kinds()) {
    std::vector<std::string> names;
    for (const Page& page : pages()) {
      const bool is_generic =
          page.kind == "mutant" && kit::parse_generic_mutant(page.entry.name).has_value();
      if (page.kind != kind.name || is_generic) continue;
      // A key, a reason or an option is asked for by its own name, where that says enough.
      const std::string& name = page.entry.name;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    text += std::string{kind.plural} + "\n" +
            reports::wrapped(joined_words(names), output_style().width, "  ");
  }
  return text;
}

const Found& all_pages() {
  static const Found all = [] {
    Found made;
    for (const Page& page : pages()) made.push_back(&page);
    return made;
  }();
  return all;
}

ExitCode explain(const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.operands;
  const bool as_json = arguments.text("format") == "json";
  if (words.empty()) {
    print(as_json ? pages_json(all_pages()) : everything());
    return ExitCode::as_expected;
  }
  if (words.size() > 2) throw UsageError{"explain is about one name at a time"};
  const std::string kind = words.size() == 2 ? words.front() : "";
  std::vector<std::string_view> kinds;
  for (const PageKind& known : page_kinds()) kinds.push_back(known.name);
  if (!kind.empty()) check_choice("explain", kind, kinds);
  const Found found = pages_named(kind, words.back());
  if (found.empty()) throw_unknown_name(kind, words.back());
  print(as_json ? pages_json(found) : found_text(found));
  return ExitCode::as_expected;
}

}  // namespace

Verb explain_verb() {
  std::vector<std::string_view> kinds;
  for (const PageKind& kind : page_kinds()) kinds.push_back(kind.name);
  return {.name = "explain",
          .operands = "[KIND] NAME",
          .example = "indoubt explain outbox.relay_lease",
          .summary = "what a property, protocol, option, fault, ... is",
          .details =
              "Explains a property, the reason of a finding, a protocol, one of its options, a\n"
              "planted mistake, a fault, a fact, a metric, or a key of scenario files. KIND tells\n"
              "apart what has one name. Without NAME: lists what there is.",
          .options = {{"format", "F", "text (default) or json", {"text", "json"}}},
          .operand_choices = kinds,
          .run = explain};
}

}  // namespace indoubt::cli
