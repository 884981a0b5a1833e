#include "protocols/kit/supervisor/options.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace indoubt::kit {
namespace {

/// As many as there may be.
constexpr std::array<std::string_view, 3> names{supervisor, "supervisor-2", "supervisor-3"};

/// A supervisor that looked all the time would keep simulated time from passing.
constexpr sim::Duration shortest_period = std::chrono::milliseconds{1};

SupervisorOptions options_of(const Blueprint& blueprint) {
  return read(supervisor_rows(), blueprint);
}

/// How often something is reported until it is older than the grace: at once, and every period.
std::uint64_t reports_until_grace(const SupervisorOptions& options) {
  const std::int64_t period = options.period.count();
  return 1 + static_cast<std::uint64_t>((options.grace.count() + period - 1) / period);
}

/// Of the authority, until the only order is over.
std::uint64_t lease_writes(const SupervisorOptions& options) {
  return options.count > 1 && options.lease > sim::Duration{} ? 1 : 0;
}

}  // namespace

const OptionRows<SupervisorOptions>& supervisor_rows() {
  using Options = SupervisorOptions;
  static const OptionRows<Options> rows{
      flag<&Options::is_wanted>("supervisor",
                                "somebody finishes what got stuck, as the order's log says"),
      duration<&Options::grace>("supervisor_grace",
                                "what is younger is under way, and the supervisor leaves it alone")
          .only_with("supervisor"),
      duration<&Options::period>(
          "supervisor_period", "how often the supervisor hears of what is unfinished, at least 1ms",
          shortest_period)
          .only_with("supervisor"),
      integer<&Options::count>("supervisors", "how many there are, at most 3; one at a time acts",
                               {.least = 1, .largest = names.size()})
          .only_with("supervisor"),
      duration<&Options::lease>(
          "supervisor_lease",
          "how long one of several may act until another one may; 0s: all may, at any time")
          .only_with("supervisors"),
  };
  return rows;
}

void offer_supervisor(FamilyInfo& info, const std::vector<std::string_view>& variants) {
  for (OptionDecl& option : declarations(supervisor_rows())) {
    option.variants = variants;
    option.only_correct = true;
    info.options.push_back(std::move(option));
  }
  info.default_nodes.insert(info.default_nodes.end(), names.begin(), names.end());
}

bool is_supervised(const Blueprint& blueprint) { return options_of(blueprint).is_wanted; }

std::uint64_t supervisors(const Blueprint& blueprint) { return options_of(blueprint).count; }

Supervision supervision_of(Blueprint& blueprint) {
  const SupervisorOptions options = options_of(blueprint);
  const std::vector<std::string> used{names.begin(), names.begin() + options.count};
  return {.supervisors = blueprint.nodes_for(supervisor, used),
          .period = options.period,
          .grace = options.grace};
}

SupervisorSettings supervisor_settings(Blueprint& blueprint, sim::NodeId authority) {
  const SupervisorOptions options = options_of(blueprint);
  return {.services = blueprint.services(),
          .authority = authority,
          .grace = options.grace,
          .lease = options.lease};
}

void add_supervisor_timers(const Blueprint& blueprint, FamilyTraits& traits) {
  const SupervisorOptions options = options_of(blueprint);
  sim::Duration slowest = options.grace + options.period;
  if (options.count > 1) slowest += options.lease;
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
  costs.messages += each * blueprint.services().all.count;
  costs.formula += each == 1 ? " + n" : " + " + std::to_string(each) + "n";
  return costs;
}

/// One of the supervisors' writes is an intent: it is about to tell everybody. Several ask about
/// each report, and one of them is answered, when its lease is durable.
Costs with_closing(Costs costs, const Blueprint& blueprint) {
  const SupervisorOptions options = options_of(blueprint);
  const std::uint64_t each = options.count * (reports_until_grace(options) + 1) + 2;
  costs.messages += each * blueprint.services().all.count;
  costs.forced_writes += 1 + lease_writes(options);
  costs.formula += " + " + std::to_string(each) + "n";
  return costs;
}

/// Several ask before they compare.
Costs with_comparison(Costs costs, const Blueprint& blueprint) {
  const SupervisorOptions options = options_of(blueprint);
  const std::uint64_t asked = options.count == 1 ? 0 : options.count + 1;
  const std::uint64_t others = options.count * reports_until_grace(options) + asked + 1;
  costs.messages += 2 * blueprint.services().all.count + others;
  costs.forced_writes += lease_writes(options);
  costs.formula += " + 2n + " + std::to_string(others);
  return costs;
}

}  // namespace indoubt::kit
