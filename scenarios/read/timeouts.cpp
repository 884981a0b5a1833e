#include <algorithm>

#include "protocols/kit/settings.hpp"
#include "scenarios/read/scalars.hpp"
#include "scenarios/read/sections.hpp"
#include "scenarios/round_trip.hpp"
#include "scenarios/vocabulary.hpp"

namespace indoubt::scenarios {
namespace {

using kit::OptionDecl;
using kit::ProtocolChoice;

constexpr std::uint32_t fair_thousandths = 999;

bool is_set(const ProtocolChoice& protocol, std::string_view name) {
  const auto& options = protocol.options;
  return std::any_of(options.begin(), options.end(),
                     [&](const auto& option) { return option.first == name; });
}

/// Sets every timeout that the scenario does not set itself. Options stay in the order of the
/// family.
void set_fair_timeouts(kit::Deployment& deployment, sim::Duration trip) {
  ProtocolChoice& protocol = deployment.protocol;
  decltype(protocol.options) all;
  for (const OptionDecl& option : protocol.family->info.options) {
    for (const auto& given : protocol.options) {
      if (given.first == option.name) all.push_back(given);
    }
    const bool applies =
        kit::who_lacks(protocol, option.name).empty() && kit::is_met(protocol, option);
    if (option.fair == nullptr || is_set(protocol, option.name) || !applies) continue;
    all.emplace_back(option.name, option.fair(deployment, trip));
  }
  protocol.options = std::move(all);
}

}  // namespace

void read_timeouts(Reader& reader, const Value& value, kit::Deployment& deployment) {
  const auto choice = read_choice(reader, value, "timeouts", timeouts_names());
  const bool is_fair = choice && timeouts_names()[*choice] == "fair";
  if (!is_fair || deployment.protocol.family == nullptr) return;
  const sim::Duration trip = round_trip_with_forces(deployment, fair_thousandths);
  set_fair_timeouts(deployment, trip);
  reader.notes.push_back(
      "timeouts are fair: 999 of 1,000 round trips with their forces take at most " +
      sim::to_text(trip) + ", and every timeout covers those of its protocol");
}

}  // namespace indoubt::scenarios
