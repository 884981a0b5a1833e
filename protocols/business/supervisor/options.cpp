#include "protocols/business/supervisor/options.hpp"

#include <algorithm>
#include <string>

namespace indoubt::business {
namespace {

sim::Duration grace_of(const Blueprint& blueprint) {
  return blueprint.option<sim::Duration>("supervisor_grace", std::chrono::seconds{2});
}

/// At least a millisecond: whoever looked all the time would leave no time to pass.
sim::Duration period_of(const Blueprint& blueprint) {
  const auto asked = blueprint.option<sim::Duration>("supervisor_period", std::chrono::seconds{1});
  return std::max<sim::Duration>(asked, std::chrono::milliseconds{1});
}

/// How often something is reported until it is older than the grace: at once, and every period.
std::uint64_t reports_until_grace(const Blueprint& blueprint) {
  const std::int64_t period = period_of(blueprint).count();
  return 1 + static_cast<std::uint64_t>((grace_of(blueprint).count() + period - 1) / period);
}

}  // namespace

void offer_supervisor(protocols::FamilyInfo& info, std::vector<std::string_view> variants) {
  using Type = protocols::OptionDecl::Type;
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
  info.default_nodes.push_back(supervisor);
}

bool is_supervised(const Blueprint& blueprint) {
  return blueprint.option<bool>("supervisor", false);
}

Supervision supervision_of(Blueprint& blueprint) {
  return {.supervisor = blueprint.node_for(supervisor, supervisor),
          .period = period_of(blueprint),
          .grace = grace_of(blueprint)};
}

SupervisorSettings supervisor_settings(Blueprint& blueprint, sim::NodeId authority) {
  return {.services = blueprint.services(), .authority = authority, .grace = grace_of(blueprint)};
}

void add_supervisor_timers(const Blueprint& blueprint, FamilyTraits& traits) {
  const sim::Duration slowest = grace_of(blueprint) + period_of(blueprint);
  traits.longest_timeout = std::max(traits.longest_timeout, slowest);
  traits.longest_wait = std::max(traits.longest_wait, slowest);
}

Costs with_reports(Costs costs, const Blueprint& blueprint) {
  costs.messages += blueprint.services().count;
  costs.formula += " + n";
  return costs;
}

/// One of the supervisor's writes is its intent: it is about to tell everybody.
Costs with_closing(Costs costs, const Blueprint& blueprint) {
  const std::uint64_t each = reports_until_grace(blueprint) + 3;
  costs.messages += each * blueprint.services().count;
  costs.forced_writes += 1;
  costs.formula += " + " + std::to_string(each) + "n";
  return costs;
}

Costs with_comparison(Costs costs, const Blueprint& blueprint) {
  const std::uint64_t others = reports_until_grace(blueprint) + 1;
  costs.messages += 2 * blueprint.services().count + others;
  costs.formula += " + 2n + " + std::to_string(others);
  return costs;
}

}  // namespace indoubt::business
