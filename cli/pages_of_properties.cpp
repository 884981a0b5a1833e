#include "cli/knowledge.hpp"
#include "cli/page.hpp"
#include "cli/starter.hpp"
#include "properties/property.hpp"
#include "protocols/registry.hpp"

// What runs are judged by, and why they fail.
namespace indoubt::cli {
namespace {

using properties::PropertyDecl;

std::vector<Entry> reasons_of(const PropertyDecl& decl) {
  std::vector<Entry> entries;
  for (const properties::ReasonDecl& reason : decl.reasons) {
    entries.push_back({std::string{reason.name}, std::string{reason.sentence}});
  }
  return entries;
}

std::vector<Entry> mutants_against(std::string_view property) {
  std::vector<Entry> entries;
  for (const kit::Family& family : protocols::families()) {
    for (const kit::MutantDecl& mutant : family.info.mutants) {
      if (mutant.property != property) continue;
      entries.push_back({std::string{mutant.name},
                         std::string{mutant.doc},
                         {{"protocol", std::string{family.info.name}}}});
    }
  }
  return entries;
}

std::string cannot_violate(std::string_view property) {
  std::vector<std::string_view> names;
  for (const kit::Family& family : protocols::families()) {
    const std::vector<std::string_view> not_applicable = not_applicable_to(family.info.name);
    for (const std::string_view name : not_applicable) {
      if (name == property) names.push_back(family.info.name);
    }
  }
  return joined_words(names);
}

}  // namespace

void add_property_pages(std::vector<Page>& all) {
  for (const PropertyDecl& decl : properties::property_decls()) {
    const bool needs_rest = decl.needs == properties::Needs::rest;
    all.push_back(
        {"property",
         "",
         {std::string{decl.name},
          std::string{decl.doc},
          {{"judged", needs_rest ? "at the end of runs that come to rest" : "in every run"},
           {"does not apply to", cannot_violate(decl.name)}}},
         {{"ways to violate it", reasons_of(decl)},
          {"planted mistakes that do", mutants_against(decl.name)}}});
  }
  for (const PropertyDecl& decl : properties::property_decls()) {
    for (const Entry& reason : reasons_of(decl)) {
      all.push_back({"reason", std::string{decl.name}, reason});
    }
  }
}

}  // namespace indoubt::cli
