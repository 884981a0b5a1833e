#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "sim/world/action.hpp"
#include "sim/world/history.hpp"

namespace indoubt::scenarios {

// The fixed words of scenario files, in the order of the enumerations they stand for.

std::vector<std::string_view> fact_names();
std::vector<std::string_view> action_names();
std::vector<std::string_view> request_key_names();
std::vector<std::string_view> output_names();
std::vector<std::string_view> keep_names();
std::vector<std::string_view> disk_fault_names();
std::vector<std::string_view> verdict_names();
/// What the bounds of a metric may be for, other than its sum.
std::vector<std::string_view> per_names();

/// Those words by the names that the tables of the format have for them.
struct Vocabulary {
  std::string_view name;  ///< "keep"
  std::vector<std::string_view> words;
};
std::vector<Vocabulary> vocabularies();

/// Where timeouts come from that a scenario does not set.
std::vector<std::string_view> timeouts_names();

/// What `sometimes` may name: facts and kinds of faults.
std::vector<std::string_view> sometimes_names();
/// The one that has this name: neither, if nothing has.
struct Sight {
  std::optional<sim::FactKind> fact{};
  std::optional<sim::Action> action{};
};
Sight sight_named(std::string_view name);

}  // namespace indoubt::scenarios
