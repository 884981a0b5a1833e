#include "reports/compare/settings_compared.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "protocols/kit/settings.hpp"
#include "reports/compare/measures.hpp"
#include "reports/compare/sentence.hpp"
#include "reports/compare/statistics.hpp"
#include "reports/fault_text.hpp"
#include "reports/words.hpp"
#include "scenarios/writer.hpp"

namespace indoubt::reports {
namespace {

using Json = nlohmann::ordered_json;
using Line = SettingsCompared::Line;

/// Values of one setting, each with who has it, in order of appearance.
class Values {
 public:
  void add(const std::string& value, const std::string& who) {
    auto at = std::find_if(all_.begin(), all_.end(),
                           [&](const auto& known) { return known.first == value; });
    if (at == all_.end()) at = all_.insert(all_.end(), {value, {}});
    auto& names = at->second;
    if (std::find(names.begin(), names.end(), who) == names.end()) names.push_back(who);
    ++count_;
  }
  std::size_t count() const { return count_; }
  bool is_one() const { return all_.size() == 1; }
  void add_lines(const std::string& name, std::vector<Line>& lines) const {
    for (const auto& [value, names] : all_) lines.push_back({name, value, listed(names)});
  }
  /// Whoever has any of the values.
  std::vector<std::string> owners() const {
    std::vector<std::string> all;
    for (const auto& [value, names] : all_) all.insert(all.end(), names.begin(), names.end());
    return all;
  }
  const std::string& first() const { return all_.front().first; }

 private:
  std::vector<std::pair<std::string, std::vector<std::string>>> all_;
  std::size_t count_ = 0;
};

/// Settings by name, in order of appearance.
class NamedValues {
 public:
  Values& operator[](const std::string& name) {
    const auto [at, is_new] = places_.emplace(name, values_.size());
    if (is_new) values_.emplace_back(name, Values{});
    return values_[at->second].second;
  }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

 private:
  std::vector<std::pair<std::string, Values>> values_;
  std::map<std::string, std::size_t> places_;
};

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// "workload.orders": what a cell's world is, without what is the protocol's or the class's own.
void add_world(const scenarios::Scenario& scenario, std::size_t cell, const std::string& heading,
               NamedValues& table) {
  const Json json = Json::parse(scenarios::write_scenario(scenario, cell), nullptr, false);
  if (!json.is_object()) return;
  for (const std::string part : {"limits", "nodes", "network", "workload"}) {
    if (!json.contains(part) || !json[part].is_object()) continue;
    for (const auto& [name, value] : json[part].items()) {
      table[part + "." + name].add(text_of(value), heading);
    }
  }
}

void add_protocol(const kit::ProtocolChoice& protocol, NamedValues& table) {
  for (const kit::Setting& setting : kit::settings_of(protocol)) {
    if (setting.type != kit::OptionDecl::Type::duration) continue;
    table[std::string{setting.name}].add(setting.value, std::string{protocol.name()});
  }
}

void sort_out(const NamedValues& table, std::size_t cells, SettingsCompared& compared) {
  for (const auto& [name, values] : table) {
    const bool is_equal = values.is_one() && values.count() == cells;
    if (is_equal) {
      compared.equal.push_back({name, values.first(), {}});
    } else {
      values.add_lines(name, compared.different);
    }
  }
}

bool has_different_timeouts(std::span<const ScenarioResult> results) {
  std::set<std::string> seen;
  for (const ScenarioResult& result : results) {
    for (const CellOutcome& cell : result.cells) {
      std::string timeouts;
      for (const kit::Setting& setting :
           kit::settings_of(result.cell_of(cell).deployment.protocol)) {
        if (setting.is_timeout) timeouts += std::string{setting.name} + "=" + setting.value + " ";
      }
      seen.insert(timeouts);
    }
  }
  return seen.size() > 1;
}

/// The longest that a fault of the scenario lasts by itself; nothing if one does not end.
std::optional<sim::Duration> longest_fault(const ScenarioResult& result) {
  sim::Duration longest{};
  for (const sim::NamedFault& fault : result.scenario.cells.front().deployment.faults) {
    if (befalls_messages(fault.action) || fault.action == sim::Action::clock) continue;
    const auto lasts = fault.action == sim::Action::crash ? fault.restart_after : fault.lasts;
    if (!lasts) return std::nullopt;
    longest = std::max(longest, *lasts);
  }
  return longest;
}

/// Lifetimes that outlive every fault of a class decide less than they would in a longer one.
class Lifetimes {
 public:
  void look_at(const ScenarioResult& result, const std::string& heading) {
    const auto longest = longest_fault(result);
    if (!longest || *longest == sim::Duration{}) return;
    for (const CellOutcome& cell : result.cells) {
      const kit::ProtocolChoice& protocol = result.cell_of(cell).deployment.protocol;
      for (const kit::Setting& setting : kit::settings_of(protocol)) {
        const bool is_lifetime =
            setting.type == kit::OptionDecl::Type::duration && setting.name.ends_with("_ttl");
        if (!is_lifetime || kit::duration_in_force(protocol, setting.name) <= *longest) continue;
        outlives_["A " + std::string{setting.name} + " of " + setting.value].add(
            rounded(*longest), heading + " (" + rounded(*longest) + ")");
      }
    }
  }
  void add_to(std::vector<std::string>& warnings) const {
    for (const auto& [lifetime, classes] : outlives_) {
      warnings.push_back(lifetime + " outlives the longest fault in " + listed(classes.owners()) +
                         ", so expiry decides less there than in a longer one.");
    }
  }

 private:
  NamedValues outlives_;
};

void add_chance(const char* what, sim::Probability chance, std::vector<std::string>& words) {
  if (chance.is_zero()) return;
  const std::uint32_t ppm = chance.parts_per_billion / 1000;
  words.push_back(percent_down(ppm) + " of messages are " + what + ".");
}

}  // namespace

SettingsCompared settings_compared(std::span<const ScenarioResult> results) {
  SettingsCompared compared;
  const std::vector<std::string> headings = headings_of(results);
  NamedValues worlds;
  NamedValues protocols;
  std::size_t cells = 0;
  for (std::size_t i = 0; i < results.size(); ++i) {
    for (const CellOutcome& cell : results[i].cells) {
      ++cells;
      add_world(results[i].scenario, cell.number, headings[i], worlds);
      add_protocol(results[i].cell_of(cell).deployment.protocol, protocols);
    }
  }
  sort_out(worlds, cells, compared);
  sort_out(protocols, cells, compared);
  if (has_different_timeouts(results)) {
    compared.warnings.emplace_back(
        "Protocols give up after different times, so part of what differs is their timeouts: "
        "\"timeouts\": \"fair\" in a scenario derives them from its network and disks.");
  }
  Lifetimes lifetimes;
  for (std::size_t i = 0; i < results.size(); ++i) lifetimes.look_at(results[i], headings[i]);
  lifetimes.add_to(compared.warnings);
  return compared;
}

std::vector<std::string> faults_in_words(const ScenarioResult& result) {
  std::vector<std::string> words;
  if (result.scenario.cells.empty()) return words;
  const kit::Deployment& deployment = result.scenario.cells.front().deployment;
  add_chance("lost", deployment.network.loss, words);
  add_chance("doubled", deployment.network.duplicate, words);
  add_chance("damaged", deployment.network.corrupt, words);
  for (const sim::NamedFault& fault : deployment.faults) words.push_back(fault_sentence(fault));
  return words;
}

}  // namespace indoubt::reports
