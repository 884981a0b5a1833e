#include <string>
#include <utility>
#include <variant>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/directory.hpp"
#include "protocols/registry.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/writer.hpp"
#include "search/random/random.hpp"
#include "search/run/trial.hpp"
#include "tests/support/deployments.hpp"
#include "tests/support/rapidcheck.hpp"

// A schedule that was drawn at random is a list of faults that a file can hold: what is read back
// from the file runs as the drawn one did.
namespace indoubt::test {
namespace {

scenarios::Scenario as_scenario(kit::Deployment deployment, std::uint64_t seed) {
  scenarios::Scenario scenario;
  scenario.name = "drawn";
  scenario.first_seed = seed;
  scenario.cells.push_back({.deployment = std::move(deployment)});
  return scenario;
}

/// The run's digest and how many faults took place.
std::pair<std::uint64_t, std::uint64_t> run(const search::Simulation& simulation,
                                            std::uint64_t seed,
                                            std::span<const sim::Fault> schedule) {
  search::Trial trial{simulation};
  trial.run(seed, schedule);
  return {trial.world().digest(), trial.world().counters().faults};
}

}  // namespace

TEST_CASE("schedule: what was drawn at random survives the scenario file", "[explore][property]") {
  rc::prop("random deployments and seeds", [](std::uint64_t number, std::uint32_t seed) {
    kit::Deployment deployment = random_deployment(number);
    deployment.faults.clear();  // they are not such as a file could say
    const auto simulation = search::make_simulation(deployment);
    const sim::Plan& plan = simulation.plan->plan();
    search::Swarm swarm = search::make_swarm(simulation, seed, (1u << search::action_count) - 1);
    const auto drawn = swarm.draw(seed);
    const auto expected = run(simulation, seed, drawn);
    RC_CLASSIFY(expected.second > 3, "more than three faults took place");

    for (const sim::Fault& fault : drawn) {
      deployment.faults.push_back(kit::name_fault(fault, plan));
    }
    const std::string text = scenarios::write_scenario(as_scenario(deployment, seed));
    const scenarios::Knowledge knowledge{protocols::families(), {}, {}};
    const auto read = scenarios::read_scenario_text(text, "drawn.json", knowledge);
    if (const auto* errors = std::get_if<std::vector<scenarios::Diagnostic>>(&read)) {
      RC_FAIL(scenarios::format(*errors) + text);
    }
    const auto& scenario = std::get<scenarios::Scenario>(read);
    const auto again = search::make_simulation(scenario.cells.front().deployment);
    RC_ASSERT(run(again, scenario.first_seed, again.plan->faults()) == expected);
  });
}

}  // namespace indoubt::test
