#pragma once

#include <memory>
#include <string>

#include "search/exhaustive/exhaustive.hpp"
#include "search/run/trial.hpp"
#include "tests/support/brute_force.hpp"
#include "tests/support/runs.hpp"
#include "tests/support/searched.hpp"

/// Exhaustive searches of real families.
namespace indoubt::test {

constexpr std::uint32_t only(sim::Action action) { return 1u << static_cast<unsigned>(action); }

/// What each property says of a finished run: "hhvu..." in the order of the documentation.
inline std::string verdicts_of(const search::Trial& trial) {
  std::string text;
  for (const properties::PropertyDoc& doc : properties::property_docs()) {
    const properties::Tally& tally = trial.judge().tally(doc.property);
    text += std::string{name_of(tally.verdict)}.substr(0, 1) + std::to_string(tally.violations);
  }
  return text;
}

/// A trial that keeps the faults that it was started with.
class TrialRun {
 public:
  TrialRun(const search::Simulation& simulation, const sim::Schedule& extra)
      : faults_{std::make_shared<sim::Schedule>(simulation.plan->faults())}, trial_{simulation} {
    faults_->insert(faults_->end(), extra.begin(), extra.end());
    trial_.begin(1, *faults_);
  }
  const sim::World& world() const { return trial_.world(); }
  bool step() { return trial_.step(); }
  void inject(const sim::Fault& fault) { trial_.inject(fault); }
  void observe(sim::Observer* observer) { trial_.observe(observer); }
  std::string finish() {
    trial_.finish();
    return verdicts_of(trial_);
  }

 private:
  std::shared_ptr<sim::Schedule> faults_;
  search::Trial trial_;
};

inline Playground<TrialRun> playground(const Deployment& deployed,
                                       std::uint32_t actions = search::exhaustive_actions) {
  const auto simulation = std::make_shared<search::Simulation>(search::make_simulation(deployed));
  Playground<TrialRun> made;
  made.start = [simulation](const sim::Schedule& extra) { return TrialRun{*simulation, extra}; };
  made.verdict = [](TrialRun& run) { return run.finish(); };
  made.menu = search::menu_for(*simulation);
  made.menu.actions = actions;
  return made;
}

/// A search for violations of anything, to its end.
inline search::ExhaustiveOptions search_for_all(
    const search::Simulation& simulation, std::size_t most_faults,
    std::uint32_t actions = search::exhaustive_actions) {
  search::ExhaustiveOptions options;
  options.most_faults = most_faults;
  options.menu = search::menu_for(simulation);
  options.menu.actions = actions;
  options.enough_findings = 0;
  for (const auto& doc : properties::property_docs()) options.properties.add(doc.property);
  return options;
}

}  // namespace indoubt::test
