#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace indoubt::cli {

/// One entry of a list: its name, what it is in a sentence, and further named values.
struct Entry {
  std::string name;
  std::string doc;
  std::vector<std::pair<std::string, std::string>> more{};
};

/// What `indoubt list` can list.
std::vector<Entry> list_protocols();
std::vector<Entry> list_properties();
std::vector<Entry> list_faults();
std::vector<Entry> list_facts();
std::vector<Entry> list_mutants();
std::vector<Entry> list_scenarios();

/// The entries for people, and as one JSON object on one line.
std::string listing_text(const std::vector<Entry>& entries);
std::string listing_json(std::string_view what, const std::vector<Entry>& entries);

}  // namespace indoubt::cli
