#include <algorithm>
#include <utility>

#include "protocols/kit/settings.hpp"
#include "reports/text/sections.hpp"

namespace indoubt::reports {
namespace {

constexpr std::size_t most_groups = 8;

/// "vote_timeout 1s, retry 200ms*": the durations of a cell, which decide comparisons if they
/// differ. A star marks what the scenario says itself.
std::string durations_of(const kit::ProtocolChoice& protocol) {
  std::string text;
  for (const kit::Setting& setting : kit::settings_of(protocol)) {
    if (setting.type != kit::OptionDecl::Type::duration) continue;
    text += (text.empty() ? "" : ", ") + std::string{setting.name} + " " + setting.value +
            (setting.is_default ? "" : "*");
  }
  return text;
}

std::string name_of(const kit::ProtocolChoice& protocol) {
  return std::string{protocol.name()} +
         (protocol.variant.empty() || protocol.variant == "hardened" ? "" : " " + protocol.variant);
}

/// Settings, and the names of the protocols that have them, in the order of the cells.
using Groups = std::vector<std::pair<std::string, std::vector<std::string>>>;

Groups groups_of(const ScenarioResult& result) {
  Groups groups;
  for (const CellOutcome& outcome : result.cells) {
    const kit::ProtocolChoice& protocol = result.cell_of(outcome).deployment.protocol;
    const std::string durations = durations_of(protocol);
    if (durations.empty()) continue;
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const auto& known) { return known.first == durations; });
    if (group == groups.end()) group = groups.insert(groups.end(), {durations, {}});
    auto& names = group->second;
    const std::string name = name_of(protocol);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return groups;
}

}  // namespace

std::string settings_section(const ScenarioResult& result, const Style& style) {
  const Groups groups = groups_of(result);
  if (groups.empty()) return {};
  std::string text = wrapped(
      "Timeouts and waits in force, by default or (*) as the scenario says:", style.width, "  ");
  for (std::size_t i = 0; i < std::min(groups.size(), most_groups); ++i) {
    std::string names;
    for (const std::string& name : groups[i].second) names += (names.empty() ? "" : ", ") + name;
    text += wrapped(names + ": " + groups[i].first, style.width, "  - ", "    ");
  }
  if (groups.size() <= most_groups) return text;
  return text + "    ... and " + std::to_string(groups.size() - most_groups) +
         " more; --format json has all\n";
}

}  // namespace indoubt::reports
