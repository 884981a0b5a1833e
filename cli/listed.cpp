#include <algorithm>
#include <filesystem>
#include <span>

#include "cli/knowledge.hpp"
#include "cli/library.hpp"
#include "cli/listing.hpp"
#include "lab/lessons.hpp"
#include "properties/property.hpp"
#include "protocols/kit/generic_mutants.hpp"
#include "protocols/registry.hpp"
#include "scenarios/reader.hpp"

// What each list has.
namespace indoubt::cli {
namespace {

std::string options_text(const kit::FamilyInfo& family) {
  std::string text;
  for (const kit::OptionDecl& option : family.options) {
    if (!text.empty()) text += ", ";
    text += std::string{option.name} + " (";
    if (option.choices.size() > 1) text += joined_words(option.choices, "|") + ", ";
    text += option.default_text + ")";
  }
  return text;
}

/// Where a scenario stands in the reading order: what the lab begins with, its lessons in the order
/// in which they are best taken, and then all others.
std::size_t reading_place(const std::string& file) {
  const std::filesystem::path path{file};
  if (path.parent_path().filename() != "lessons") return lab::lessons().size() + 1;
  const auto all = lab::lessons();
  const auto at = std::find_if(all.begin(), all.end(), [&](const lab::Lesson& lesson) {
    return lesson.name == path.stem().string();
  });
  return at == all.end() ? 0 : static_cast<std::size_t>(at - all.begin()) + 1;
}

std::string first_sentence(const std::string& text) {
  const std::size_t end = text.find(". ");
  return end == std::string::npos ? text : text.substr(0, end + 1);
}

template <typename Decls>
std::vector<Entry> entries_of(const Decls& decls) {
  std::vector<Entry> entries;
  for (const auto& decl : decls) entries.push_back({std::string{decl.name}, std::string{decl.doc}});
  return entries;
}

/// One entry for all kinds with which a role can have the mistake: there are dozens.
void add_generic(std::vector<Entry>& entries, const kit::MutantDecl& mutant,
                 const kit::FamilyInfo& family) {
  auto pattern = *kit::parse_generic_mutant(mutant.name);
  const std::string kind{pattern.kind};
  pattern.kind = "KIND";
  const std::string name = name_of(pattern);
  if (!entries.empty() && entries.back().name == name) {
    entries.back().more.back().second += ", " + kind;
    return;
  }
  entries.push_back(
      {name, std::string{mutant.doc}, {{"protocol", std::string{family.name}}, {"kinds", kind}}});
}

}  // namespace

Entry entry_of(const kit::MutantDecl& mutant, const kit::FamilyInfo& family) {
  Entry entry{std::string{mutant.name},
              std::string{mutant.doc},
              {{"protocol", std::string{family.name}},
               {"mistake", std::string{mutant.mistake}},
               {"property", std::string{mutant.property}}}};
  if (!mutant.needs.empty()) entry.more.emplace_back("needs", mutant.needs);
  return entry;
}

std::vector<Entry> list_protocols() {
  std::vector<Entry> entries;
  for (const kit::Family& known : protocols::families()) {
    const kit::FamilyInfo& family = known.info;
    entries.push_back({std::string{family.name},
                       std::string{family.summary},
                       {{"variants", joined_words(family.variants)},
                        {"options", options_text(family)},
                        {"messages", joined_words(family.kinds)},
                        {"nodes", joined_words(family.default_nodes)}}});
  }
  return entries;
}

std::vector<Entry> list_properties() { return entries_of(properties::property_decls()); }
/// The kinds of fault, and what searches do besides where they are asked to.
std::vector<Entry> list_faults() {
  std::vector<Entry> entries = entries_of(sim::action_decls);
  for (const sim::HarmDecl& harm : sim::harm_decls) {
    entries.push_back({std::string{harm.name},
                       std::string{harm.doc},
                       {{"kind", std::string{sim::name_of(harm.action)}}}});
  }
  return entries;
}
std::vector<Entry> list_facts() {
  return entries_of(std::span{sim::fact_decls}.first(sim::scenario_fact_count));
}

std::vector<Entry> list_mutants() {
  std::vector<Entry> entries;
  for (const kit::Family& known : protocols::families()) {
    const kit::FamilyInfo& family = known.info;
    for (const kit::MutantDecl& mutant : family.mutants) {
      if (mutant.is_generic) {
        add_generic(entries, mutant, family);
      } else {
        entries.push_back(entry_of(mutant, family));
      }
    }
  }
  return entries;
}

std::vector<Entry> list_scenarios() {
  std::vector<Entry> entries;
  const auto library = find_library();
  if (!library) return entries;
  std::vector<std::string> files = library_files(*library);
  std::stable_sort(files.begin(), files.end(), [](const std::string& a, const std::string& b) {
    return reading_place(a) < reading_place(b);
  });
  for (const std::string& file : files) {
    const auto read = scenarios::read_scenario_file(file, knowledge());
    const auto* scenario = std::get_if<scenarios::Scenario>(&read);
    if (scenario == nullptr) {
      entries.push_back({file, "(is not valid: see 'indoubt validate')"});
    } else {
      entries.push_back({file,
                         first_sentence(scenario->description),
                         {{"tags", joined_words(scenario->tags)}},
                         scenario->tags});
    }
  }
  return entries;
}

}  // namespace indoubt::cli
