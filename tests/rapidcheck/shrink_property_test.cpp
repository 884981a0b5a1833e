#include <algorithm>

#include "protocols/registry.hpp"
#include "reports/counterexample.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/writer.hpp"
#include "search/exhaustive/exhaustive.hpp"
#include "search/shrink/replay.hpp"
#include "tests/support/failing_cases.hpp"
#include "tests/support/rapidcheck.hpp"

namespace indoubt::test {
namespace {

using search::FailingCase;
using search::Shrunk;

/// Whether it violates the property for the reason; the digest of its run.
std::optional<std::uint64_t> failing_digest(const FailingCase& failing) {
  search::Trial trial{search::make_simulation(failing.deployment)};
  trial.run(failing.seed);
  const properties::Tally& tally = trial.judge().tally(failing.property);
  if (tally.violations == 0 || tally.first.reason != failing.why) return std::nullopt;
  return trial.world().digest();
}

bool reference_fails(FailingCase failing) {
  failing.deployment.protocol.mutants.clear();
  search::Trial trial{search::make_simulation(failing.deployment)};
  trial.run(failing.seed);
  return trial.judge().tally(failing.property).violations != 0;
}

scenarios::Knowledge knowledge() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const auto& doc : properties::property_decls()) all.push_back(doc.name);
    return all;
  }();
  return {protocols::families(), names, {}};
}

/// The fewest faults, up to two, with which the search breaks it and the correct protocol does not
/// break; nothing if that is not enough.
std::optional<std::size_t> fewest_faults(const FailingCase& failing) {
  FailingCase calm = failing;
  calm.deployment.faults.clear();
  calm.deployment.network.loss = calm.deployment.network.duplicate = {};
  calm.deployment.network.corrupt = {};
  const auto simulation = search::make_simulation(calm.deployment);
  search::Replay replay;
  search::ExhaustiveOptions options;
  options.most_faults = 2;
  options.menu = search::menu_for(simulation);
  options.seed = failing.seed;
  options.properties.add(failing.property);
  options.accepts = [&](const search::Counterexample& found) {
    if (found.why != failing.why) return false;
    // Some mistakes are made by nodes of their own, which the correct protocol does not have.
    Deployment correct = with_mutant(calm.deployment, "");
    correct.faults = search::name_faults(found.extra, simulation.plan->plan());
    const search::Trial* reference = replay.run(correct, found.seed, true);
    return reference->judge().tally(failing.property).violations == 0;
  };
  const auto result = search::explore_exhaustively(simulation, options);
  if (result.findings.empty()) return std::nullopt;
  return result.findings.front().extra.size();
}

}  // namespace

TEST_CASE("shrink: what is left fails as before, needs every fault, and reads back",
          "[shrink][property]") {
  rc::prop("random failing runs of random mutants", [](std::uint64_t number) {
    const FailingCase failing = random_failure(number, 1 + static_cast<std::uint32_t>(number % 3));
    const std::optional<Shrunk> shrunk = search::shrink(failing);
    RC_ASSERT(shrunk.has_value());
    const FailingCase& small = shrunk->failing;
    RC_CLASSIFY(small.deployment.faults.size() == 1u, "one fault");
    RC_CLASSIFY(small.deployment.faults.size() == 2u, "two faults");
    RC_CLASSIFY(small.seed == 1u && small.deployment.workload.orders == 1u, "one order, seed 1");
    RC_ASSERT(small.property == failing.property);
    RC_ASSERT(small.why == failing.why);
    RC_ASSERT(failing_digest(small) == shrunk->digest);
    RC_ASSERT(shrunk->reference_passes == !reference_fails(small));

    const auto& faults = small.deployment.faults;
    for (std::size_t i = 0; i < faults.size(); ++i) {
      FailingCase fewer = small;
      fewer.deployment.faults.erase(fewer.deployment.faults.begin() +
                                    static_cast<std::ptrdiff_t>(i));
      RC_ASSERT(!failing_digest(fewer) || (shrunk->reference_passes && reference_fails(fewer)));
    }

    scenarios::Scenario origin;
    origin.name = "random";
    const std::string text = write_scenario(reports::counterexample(*shrunk, origin));
    const auto read = scenarios::read_scenario_text(text, "shrunk.json", knowledge());
    if (const auto* errors = std::get_if<std::vector<scenarios::Diagnostic>>(&read)) {
      RC_FAIL(scenarios::format(*errors) + text);
    }
    const auto& scenario = std::get<scenarios::Scenario>(read);
    if (!(scenario.cells.at(0).deployment == small.deployment)) RC_FAIL(text);
    RC_ASSERT(scenario.first_seed == small.seed);
    RC_ASSERT(scenario.seed_count == 1u);

    // Shrinking once more changes nothing that counts.
    const std::optional<Shrunk> again = search::shrink(small);
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->failing.deployment.faults.size() <= faults.size());
  });
}

TEST_CASE("shrink: the result does not depend on what was shrunk before", "[shrink]") {
  const FailingCase failing = random_failure(7);
  const auto first = search::shrink(failing);
  search::shrink(random_failure(8));
  const auto second = search::shrink(failing);
  REQUIRE(first.has_value());
  REQUIRE(second.has_value());
  CHECK(first->failing.deployment == second->failing.deployment);
  CHECK(first->runs == second->runs);
  CHECK(first->digest == second->digest);
}

TEST_CASE("shrink: it ends with as few faults as exhaustive search finds", "[shrink]") {
  // The bar is 18 of 20. Runs that need three faults are not counted: pairs are all that is
  // searched.
  std::size_t compared = 0;
  std::size_t as_few = 0;
  for (std::uint64_t number = 1; compared < 40; ++number) {
    const FailingCase failing = random_failure(number);
    const std::optional<std::size_t> fewest = fewest_faults(failing);
    if (!fewest) continue;
    const auto shrunk = search::shrink(failing);
    REQUIRE(shrunk.has_value());
    const std::size_t left = shrunk->failing.deployment.faults.size();
    if (left > *fewest) {
      WARN(failing.deployment.protocol.mistakes() << " seed " << failing.seed << ": " << left
                                                  << " faults left, " << *fewest << " are enough");
    }
    ++compared;
    as_few += left <= *fewest ? 1u : 0u;
  }
  INFO(as_few << " of " << compared);
  CHECK(as_few * 20 >= compared * 18);
}

}  // namespace indoubt::test
