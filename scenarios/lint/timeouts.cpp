#include "scenarios/lint/timeouts.hpp"

#include <algorithm>
#include <string>

namespace indoubt::scenarios {
namespace {

using kit::Deployment;
using sim::Duration;

/// The place of the first option whose name says that it is a timeout, or else of the protocol.
Span place_of_timeout(const Value& cell) {
  const Value* protocol = cell.find("protocol");
  const Value* options = protocol->find("options");
  if (options == nullptr) return protocol->place;
  const auto is_timeout = [](const Member& member) { return member.key.ends_with("_timeout"); };
  const auto found = std::find_if(options->members.begin(), options->members.end(), is_timeout);
  return found == options->members.end() ? protocol->place : found->value.place;
}

}  // namespace

void lint_timeouts(Report& report, const Value& cell, const Deployment& deployment,
                   const Knowledge& knowledge) {
  if (knowledge.shortest_timeout == nullptr) return;
  const Duration timeout = knowledge.shortest_timeout(deployment);
  const Duration trip = round_trip(deployment, lint_thousandths);
  if (timeout == Duration{} || timeout >= trip) return;
  report.warning(place_of_timeout(cell),
                 "the shortest timeout of " + std::string{deployment.protocol.name()} + " (" +
                     sim::to_text(timeout) + ") is shorter than a round trip (" +
                     sim::to_text(trip) + "), so orders are given up that nothing is wrong with");
}

}  // namespace indoubt::scenarios
