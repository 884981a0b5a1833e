#include <string>
#include <variant>

#include "protocols/registry.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/writer.hpp"
#include "search/run/trial.hpp"
#include "tests/support/calm.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/environment.hpp"

// A false alarm is a defect like a miss: where nothing goes wrong, nothing is violated.
namespace indoubt::test {
namespace {

using properties::Property;
using properties::Verdict;

sim::Duration shortest_timeout(const kit::Deployment& deployment) {
  return kit::traits_of(deployment).vote_timeout;
}

std::string text_of(const kit::Deployment& deployment, std::uint64_t seed) {
  scenarios::Scenario scenario;
  scenario.name = "calm";
  scenario.first_seed = seed;
  scenario.cells.push_back({.deployment = deployment});
  return scenarios::write_scenario(scenario);
}

/// What is wrong with the deployment as a scenario: errors, and warnings of what cannot work.
std::string complaints(const kit::Deployment& deployment) {
  const scenarios::Knowledge knowledge{protocols::families(), {}, {}, {}, shortest_timeout};
  const auto read = scenarios::read_scenario_text(text_of(deployment, 1), "calm.json", knowledge);
  if (const auto* errors = std::get_if<std::vector<scenarios::Diagnostic>>(&read))
    return scenarios::format(*errors);
  return scenarios::format(std::get<scenarios::Scenario>(read).warnings);
}

/// What the run is accused of, in words.
std::string alarms(const search::Trial& trial, properties::PropertySet excused) {
  std::string text;
  if (trial.world().end_reason() != sim::EndReason::rest) text += "it did not come to rest\n";
  for (const properties::PropertyDecl& decl : properties::property_decls()) {
    const properties::Tally tally = trial.judge().tally(decl.property);
    const bool is_bad = tally.verdict == Verdict::violated || tally.verdict == Verdict::owed;
    if (!is_bad || excused.has(decl.property)) continue;
    text += std::string{decl.name} + ": " + describe(tally.first, trial.judge().setup()) + "\n";
  }
  return text;
}

void make_runs(const kit::Family& family, std::uint64_t runs) {
  constexpr int enough = 5;
  const std::uint64_t first = count_from_environment("INDOUBT_CALM_FIRST", 1);
  int failures = 0;
  search::CellResult seen;
  for (std::uint64_t number = first; number < first + runs && failures < enough; ++number) {
    const kit::Deployment deployment = calm_deployment(family, number);
    const std::string wrong = complaints(deployment);
    search::Trial trial{search::make_simulation(deployment)};
    trial.run(number);
    trial.add_to(seen);
    const std::string found = wrong + alarms(trial, not_promised(deployment));
    if (found.empty()) continue;
    ++failures;
    FAIL_CHECK(family.info.name << " number " << number << "\n"
                                << found << text_of(deployment, number));
  }
  // Otherwise it would not tell whether anything was judged.
  INFO(seen.outcomes.placed << " placed, " << seen.outcomes.not_placed << " not");
  CHECK(seen.outcomes.placed > seen.outcomes.not_placed);
  const auto refused = static_cast<std::size_t>(sim::FactKind::refused);
  const bool nobody_refuses = seen.runs_with_fact[refused] == 0;
  for (const properties::PropertyDecl& decl : properties::property_decls()) {
    const bool needs_lost_nodes = decl.property == Property::non_blocking;
    const bool needs_refusals = decl.property == Property::truthful_refusal;
    const bool is_missing = needs_lost_nodes || (needs_refusals && nobody_refuses);
    INFO(decl.name);
    if (seen[decl.property].applies && !is_missing) CHECK(seen[decl.property].checked != 0);
  }
}

}  // namespace

TEST_CASE("calm: nothing is violated where nothing goes wrong", "[calm][property]") {
  const std::uint64_t runs = count_from_environment("INDOUBT_CALM_RUNS", 250);
  for (const kit::Family& family : protocols::families()) {
    DYNAMIC_SECTION(family.info.name) { make_runs(family, runs); }
  }
}

}  // namespace indoubt::test
