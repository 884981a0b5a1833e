#include "protocols/kit/supervisor/options.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace indoubt::kit {
namespace {

/// As many as there may be.
constexpr std::array<std::string_view, 3> names{supervisor, "supervisor-2", "supervisor-3"};

sim::Duration grace_of(const Blueprint& blueprint) {
  return blueprint.option<sim::Duration>("supervisor_grace", std::chrono::seconds{2});
}

/// At least a millisecond: whoever looked all the time would leave no time to pass.
sim::Duration period_of(const Blueprint& blueprint) {
  const auto asked = blueprint.option<sim::Duration>("supervisor_period", std::chrono::seconds{1});
  return std::max<sim::Duration>(asked, std::chrono::milliseconds{1});
}

sim::Duration lease_of(const Blueprint& blueprint) {
  const auto asked = blueprint.option<sim::Duration>("supervisor_lease", std::chrono::seconds{3});
  return std::max(asked, sim::Duration{});
}

/// How often something is reported until it is older than the grace: at once, and every period.
std::uint64_t reports_until_grace(const Blueprint& blueprint) {
  const std::int64_t period = period_of(blueprint).count();
  return 1 + static_cast<std::uint64_t>((grace_of(blueprint).count() + period - 1) / period);
}

/// Of the authority, until the only order is over.
std::uint64_t lease_writes(const Blueprint& blueprint) {
  return supervisors(blueprint) > 1 && lease_of(blueprint) > sim::Duration{} ? 1 : 0;
}

}  // namespace

void offer_supervisor(kit::FamilyInfo& info, std::vector<std::string_view> variants) {
  using Type = kit::OptionDecl::Type;
  const auto offer = [&](std::string_view name, Type type, std::string_view otherwise,
                         std::string_view doc) {
    info.options.push_back({name, type, {}, otherwise, doc});
    info.options.back().variants = variants;
    info.options.back().only_correct = true;
  };
  offer("supervisor", Type::flag, "false",
        "somebody finishes what got stuck, as the order's log says");
  offer("supervisor_grace", Type::duration, "2s",
        "what is younger is under way, and the supervisor leaves it alone");
  offer("supervisor_period", Type::duration, "1s",
        "how often the supervisor hears of what is unfinished, at least 1ms");
  offer("supervisors", Type::integer, "1", "how many there are, at most 3; one at a time acts");
  offer("supervisor_lease", Type::duration, "3s",
        "how long one of several may act until another one may; 0s: all may, at any time");
  info.default_nodes.insert(info.default_nodes.end(), names.begin(), names.end());
}

bool is_supervised(const Blueprint& blueprint) {
  return blueprint.option<bool>("supervisor", false);
}

std::uint64_t supervisors(const Blueprint& blueprint) {
  const auto asked = blueprint.option<std::int64_t>("supervisors", 1);
  return static_cast<std::uint64_t>(
      std::clamp<std::int64_t>(asked, 1, static_cast<std::int64_t>(names.size())));
}

Supervision supervision_of(Blueprint& blueprint) {
  const std::vector<std::string> used{names.begin(), names.begin() + supervisors(blueprint)};
  return {.supervisors = blueprint.nodes_for(supervisor, used),
          .period = period_of(blueprint),
          .grace = grace_of(blueprint)};
}

SupervisorSettings supervisor_settings(Blueprint& blueprint, sim::NodeId authority) {
  return {.services = blueprint.services(),
          .authority = authority,
          .grace = grace_of(blueprint),
          .lease = lease_of(blueprint)};
}

void add_supervisor_timers(const Blueprint& blueprint, FamilyTraits& traits) {
  sim::Duration slowest = grace_of(blueprint) + period_of(blueprint);
  if (supervisors(blueprint) > 1) slowest += lease_of(blueprint);
  traits.longest_timeout = std::max(traits.longest_timeout, slowest);
  traits.longest_wait = std::max(traits.longest_wait, slowest);
}

void let_supervisors_stand_in(Blueprint& blueprint, ReplicaNodes& replicas) {
  for (const sim::NodeId node : supervision_of(blueprint).supervisors) {
    replicas.nodes.push_back(node);
    ++replicas.tolerated;
  }
}

Costs with_reports(Costs costs, const Blueprint& blueprint) {
  const std::uint64_t each = supervisors(blueprint);
  costs.messages += each * blueprint.services().count;
  costs.formula += each == 1 ? " + n" : " + " + std::to_string(each) + "n";
  return costs;
}

/// One of the supervisors' writes is an intent: it is about to tell everybody. Several ask about
/// each report, and one of them is answered, when its lease is durable.
Costs with_closing(Costs costs, const Blueprint& blueprint) {
  const std::uint64_t count = supervisors(blueprint);
  const std::uint64_t each = count * (reports_until_grace(blueprint) + 1) + 2;
  costs.messages += each * blueprint.services().count;
  costs.forced_writes += 1 + lease_writes(blueprint);
  costs.formula += " + " + std::to_string(each) + "n";
  return costs;
}

/// Several ask before they compare.
Costs with_comparison(Costs costs, const Blueprint& blueprint) {
  const std::uint64_t count = supervisors(blueprint);
  const std::uint64_t asked = count == 1 ? 0 : count + 1;
  const std::uint64_t others = count * reports_until_grace(blueprint) + asked + 1;
  costs.messages += 2 * blueprint.services().count + others;
  costs.forced_writes += lease_writes(blueprint);
  costs.formula += " + 2n + " + std::to_string(others);
  return costs;
}

}  // namespace indoubt::kit
