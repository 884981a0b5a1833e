#include "scenarios/lint/timeouts.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "scenarios/lint/place.hpp"
#include "scenarios/text/units.hpp"

namespace indoubt::scenarios {
namespace {

using sim::Duration;

/// The place of the first option whose name says that it is a timeout, or else of the protocol.
Span place_of_timeout(const Value& root) {
  const Value* protocol = root.find("protocol");
  if (protocol == nullptr) return root.place;
  const Value* options = protocol->find("options");
  if (options == nullptr) return protocol->place;
  const auto is_timeout = [](const Member& member) { return member.key.ends_with("_timeout"); };
  const auto found = std::find_if(options->members.begin(), options->members.end(), is_timeout);
  return found == options->members.end() ? protocol->place : found->value.place;
}

/// A family that is in a hurry, with its shortest timeout in any cell.
struct Hasty {
  std::string_view family;
  Duration timeout{};
};

/// "saga (1s)", "saga (1s) and tcc (2s)", ...
std::string names_of(const std::vector<Hasty>& families) {
  std::vector<std::string> names;
  for (const Hasty& hasty : families) {
    names.push_back(std::string{hasty.family} + " (" + sim::to_text(hasty.timeout) + ")");
  }
  return listed(names);
}

void note(std::vector<Hasty>& families, std::string_view family, Duration timeout) {
  const auto known = std::find_if(families.begin(), families.end(),
                                  [&](const Hasty& other) { return other.family == family; });
  if (known == families.end()) {
    families.push_back({family, timeout});
  } else {
    known->timeout = std::min(known->timeout, timeout);
  }
}

}  // namespace

void lint_timeouts(Report& report, const Value& root, const std::vector<Cell>& cells,
                   const Knowledge& knowledge) {
  if (knowledge.shortest_timeout == nullptr) return;
  std::vector<Hasty> families;
  Duration longest_trip{};
  for (const Cell& cell : cells) {
    if (cell.deployment.protocol.family == nullptr) continue;
    const Duration timeout = knowledge.shortest_timeout(cell.deployment);
    const Duration trip = round_trip(cell.deployment, lint_thousandths);
    if (timeout == Duration{} || timeout >= trip) continue;
    note(families, cell.deployment.protocol.name(), timeout);
    longest_trip = std::max(longest_trip, trip);
  }
  if (families.empty()) return;
  report.warning(place_of_timeout(root),
                 (families.size() == 1 ? "the shortest timeout of " : "the shortest timeouts of ") +
                     names_of(families) + (families.size() == 1 ? " is" : " are") +
                     " shorter than a round trip (" + roughly(longest_trip) +
                     "), so orders are given up that nothing is wrong with");
}

}  // namespace indoubt::scenarios
