#include <algorithm>

#include "cli/page.hpp"
#include "scenarios/tables.hpp"
#include "sim/world/action.hpp"

// What goes wrong, and what happens.
namespace indoubt::cli {
namespace {

/// What the format says of the parameters of a fault.
std::vector<Entry> parameters_of(const sim::ActionDecl& decl) {
  std::vector<Entry> entries;
  for (const scenarios::TableDoc& table : scenarios::cell_tables()) {
    if (table.name != "fault") continue;
    for (const scenarios::KeyDoc& key : table.keys) {
      const auto& own = decl.parameters;
      if (std::find(own.begin(), own.end(), key.name) == own.end()) continue;
      entries.push_back({std::string{key.name}, std::string{key.doc}});
    }
  }
  return entries;
}

}  // namespace

void add_fault_pages(std::vector<Page>& all) {
  for (const sim::ActionDecl& decl : sim::action_decls) {
    const std::string triggers = decl.befalls_messages
                                     ? "match, and at or every for a window"
                                     : "at, every, when, match, or handling and effect";
    all.push_back({"fault",
                   "",
                   {std::string{decl.name},
                    std::string{decl.doc},
                    {{"needs", joined_words(decl.required)}, {"triggers", triggers}}},
                   {{"parameters", parameters_of(decl)}}});
  }
  for (const sim::HarmDecl& harm : sim::harm_decls) {
    all.push_back({"fault",
                   "",
                   {std::string{harm.name},
                    std::string{harm.doc},
                    {{"a kind of", std::string{sim::name_of(harm.action)}},
                     {"searches have it with", "--kinds " + std::string{harm.name}}}}});
  }
  for (Entry& fact : list_facts()) all.push_back({"fact", "", std::move(fact)});
}

}  // namespace indoubt::cli
