#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/family.hpp"

namespace indoubt::cli {

/// One entry of a list: its name, what it is in a sentence, and further named values.
struct Entry {
  std::string name;
  std::string doc;
  std::vector<std::pair<std::string, std::string>> more{};
  std::vector<std::string> tags{};  ///< of a scenario
};

/// What is known of a planted mistake.
Entry entry_of(const kit::MutantDecl& mutant, const kit::FamilyInfo& family);

/// What `indoubt list` can list.
std::vector<Entry> list_protocols();
std::vector<Entry> list_properties();
std::vector<Entry> list_faults();
std::vector<Entry> list_facts();
std::vector<Entry> list_mutants();
std::vector<Entry> list_scenarios();

/// The entries for people, each line after `margin`, and as one JSON object on one line.
std::string listing_text(const std::vector<Entry>& entries, const std::string& margin = "");
std::string listing_json(std::string_view what, const std::vector<Entry>& entries);

/// "a, b, c".
template <typename Words>
std::string joined_words(const Words& words, std::string_view separator = ", ") {
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += separator;
    text += word;
  }
  return text;
}

}  // namespace indoubt::cli
