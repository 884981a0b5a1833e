#include "cli/page.hpp"
#include "cli/starter.hpp"
#include "protocols/kit/settings.hpp"
#include "protocols/registry.hpp"
#include "sim/base/time.hpp"

// Protocols with their options and planted mistakes.
namespace indoubt::cli {
namespace {

using kit::OptionDecl;

std::string values_of(const OptionDecl& option) {
  switch (option.type) {
    case OptionDecl::Type::flag: return "true, false";
    case OptionDecl::Type::choice: return joined_words(option.choices);
    case OptionDecl::Type::integer:
      return "a whole number from " + std::to_string(option.least) + " to " +
             std::to_string(option.largest);
    case OptionDecl::Type::duration: break;
  }
  const std::string least =
      option.least == 0 ? "" : ", at least " + sim::to_text(sim::Duration{option.least});
  return "a duration, as \"1500ms\"" + least;
}

/// How timeouts are derived that a scenario does not set, and which options are timeouts.
std::string timeout_text(const OptionDecl& option) {
  return option.fair == nullptr ? std::string{}
                                : "yes: \"timeouts\": \"fair\" derives it from network and disks";
}

Entry option_entry(const kit::FamilyInfo& family, const OptionDecl& option) {
  return {std::string{option.name},
          std::string{option.doc},
          {{"values", values_of(option)},
           {"default", option.default_text},
           {"in variants", joined_words(option.variants)},
           {"only with", kit::condition_words(family, option)},
           {"at most", std::string{option.at_most}},
           {"timeout", timeout_text(option)}}};
}

/// All that the family says of its options, briefly: each has a page of its own.
std::vector<Entry> options_of(const kit::FamilyInfo& family) {
  std::vector<Entry> entries;
  for (const OptionDecl& option : family.options) {
    entries.push_back(
        {std::string{option.name}, std::string{option.doc}, {{"default", option.default_text}}});
  }
  return entries;
}

std::vector<Entry> planted_in(const kit::FamilyInfo& family) {
  std::vector<Entry> entries;
  for (const kit::MutantDecl& mutant : family.mutants) {
    if (mutant.is_generic) continue;
    entries.push_back({std::string{mutant.name},
                       std::string{mutant.doc},
                       {{"property", std::string{mutant.property}}}});
  }
  return entries;
}

void add_mutant_pages(std::vector<Page>& all, const kit::FamilyInfo& family) {
  for (const kit::MutantDecl& mutant : family.mutants) {
    Entry entry = entry_of(mutant, family);
    if (mutant.is_generic) entry.more = {entry.more.front()};
    entry.more.emplace_back("only with", kit::condition_words(family, mutant.only_with));
    all.push_back({"mutant", std::string{family.name}, std::move(entry)});
  }
}

}  // namespace

void add_protocol_pages(std::vector<Page>& all) {
  const auto families = protocols::families();
  for (const kit::Family& family : families) {
    const kit::FamilyInfo& info = family.info;
    all.push_back({"protocol",
                   "",
                   {std::string{info.name},
                    std::string{info.summary},
                    {{"idea", std::string{info.idea}},
                     {"variants", joined_words(info.variants)},
                     {"messages and timers", joined_words(info.kinds)},
                     {"nodes that it adds", joined_words(info.default_nodes)},
                     {"cannot violate", joined_words(not_applicable_to(info.name))}}},
                   {{"options", options_of(info)}, {"planted mistakes", planted_in(info)}}});
  }
  for (const kit::Family& family : families) {
    for (const OptionDecl& option : family.info.options) {
      all.push_back({"option", std::string{family.info.name}, option_entry(family.info, option)});
    }
  }
  for (const kit::Family& family : families) add_mutant_pages(all, family.info);
}

}  // namespace indoubt::cli
