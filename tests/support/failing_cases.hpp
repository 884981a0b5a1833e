#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocols/registry.hpp"
#include "search/run/trial.hpp"
#include "search/shrink/shrink.hpp"
#include "tests/support/deployments.hpp"
#include "tests/support/runs.hpp"

/// Runs of planted mistakes that fail by chance, as random exploration finds them.
namespace indoubt::test {

inline NamedFault now_and_then(Dice& dice, sim::Action action, const std::string& node) {
  NamedFault fault;
  fault.trigger = sim::Trigger::every;
  fault.every = {sim::Distribution::Shape::exponential, dice.round(1000) + 50ms, {}};
  fault.action = action;
  fault.nodes = {node};
  if (action == sim::Action::pause) fault.lasts = dice.round(3000);
  if (action != sim::Action::crash) return fault;
  fault.keep = static_cast<Keep>(dice.below(4));
  if (!dice.one_in(8)) fault.restart_after = dice.round(1000);
  return fault;
}

/// A network that loses and copies, nodes that crash and pause, for two seconds.
inline Deployment disturbed(Dice& dice, Deployment made) {
  made.limits.quiet_after = sim::TrueTime{2s};
  made.network.latency = dice.one_in(2) ? made.network.latency : random_distribution(dice, 10ms);
  const auto rate = [&] {
    return sim::Probability{static_cast<std::uint32_t>(dice.below(100'000'000))};
  };
  made.network.loss = rate();
  made.network.duplicate = rate();
  made.network.corrupt = dice.one_in(3) ? rate() : sim::Probability{};
  std::vector<NamedFault> faults;
  for (const kit::NodeDecl& node : made.nodes) {
    if (dice.one_in(2)) faults.push_back(now_and_then(dice, sim::Action::crash, node.name));
    if (dice.one_in(3)) faults.push_back(now_and_then(dice, sim::Action::pause, node.name));
  }
  return with_faults(std::move(made), std::move(faults));
}

inline const kit::Family::Entry& any_mutant(Dice& dice, const kit::Family& family) {
  return family.mutants[dice.below(family.mutants.size())];
}

/// The first of some seeds in which a property is violated that the correct protocol keeps.
inline std::optional<search::FailingCase> first_failure(const Deployment& made) {
  search::Trial trial{search::make_simulation(made)};
  search::Trial reference{search::make_simulation(with_mutant(made, ""))};
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    trial.run(seed);
    for (const properties::PropertyDecl& doc : properties::property_decls()) {
      const properties::Tally& tally = trial.judge().tally(doc.property);
      if (tally.violations == 0) continue;
      reference.run(seed);
      if (reference.judge().tally(doc.property).violations != 0) continue;
      return search::FailingCase{made, seed, doc.property, tally.first.reason};
    }
  }
  return std::nullopt;
}

/// A failing run of some mutant of either family, from one number. `orders` is how many it has.
inline search::FailingCase random_failure(std::uint64_t number, std::uint32_t orders = 1) {
  Dice dice{number};
  for (;;) {
    const kit::Family& family = protocols::families()[dice.below(protocols::families().size())];
    Deployment made = deployment(std::string{family.info.name}, 2, orders, orders == 1 ? 3 : 2);
    if (orders > 1) made.workload.arrivals = random_distribution(dice, 50ms);
    made.protocol.mutants = {std::string{any_mutant(dice, family).name}};
    if (auto failing = first_failure(disturbed(dice, std::move(made)))) return *std::move(failing);
  }
}

}  // namespace indoubt::test
