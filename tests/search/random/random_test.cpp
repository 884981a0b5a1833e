#include "search/random/random.hpp"

#include <algorithm>
#include <vector>

#include "search/run/trial.hpp"
#include "search/run/units.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

namespace indoubt::test {
namespace {

using search::Counterexample;
using search::RandomOptions;
using search::RandomResult;

RandomOptions all_properties(std::uint64_t runs) {
  RandomOptions options{.runs = runs};
  for (const properties::PropertyDecl& doc : properties::property_decls())
    options.properties.add(doc.property);
  return options;
}

search::Simulation prepared(std::string_view mutant = "") {
  return search::make_simulation(with_mutant(deployment("two-phase-commit"), std::string{mutant}));
}

}  // namespace

TEST_CASE("random search: every kind of fault takes place and every fact is seen", "[explore]") {
  const RandomResult result = search::explore_randomly(prepared(), all_properties(4'000));
  CHECK(result.runs == 4'000);
  for (std::size_t i = 0; i < sim::action_count; ++i) {
    INFO(sim::name_of(static_cast<sim::Action>(i)));
    CHECK(result.runs_with_action[i] > 100);
  }
  for (const FactKind kind :
       {FactKind::voted, FactKind::decided, FactKind::released, FactKind::placed,
        FactKind::not_placed, FactKind::lost, FactKind::paused}) {
    INFO(sim::name_of(kind));
    CHECK(result.runs_with_fact[static_cast<std::size_t>(kind)] > 20);
  }
  CHECK(result.distinct_digests > 1'000);
}

/// What a degraded link loses and copies counts as what a network does.
bool brings(unsigned action, unsigned other) {
  using sim::Action;
  const bool is_of_messages = other == static_cast<unsigned>(Action::drop) ||
                              other == static_cast<unsigned>(Action::duplicate);
  return action == static_cast<unsigned>(Action::degrade) && is_of_messages;
}

TEST_CASE("random search: with one kind of fault no other takes place", "[explore]") {
  for (unsigned i = 0; i < sim::action_count; ++i) {
    RandomOptions options = all_properties(500);
    options.actions = 1u << i;
    const RandomResult result = search::explore_randomly(prepared(), options);
    for (unsigned other = 0; other < sim::action_count; ++other) {
      CHECK((result.runs_with_action[other] != 0) == (other == i || brings(i, other)));
    }
  }
}

TEST_CASE("random search: the result does not depend on the number of threads", "[explore]") {
  const search::Simulation simulation = prepared("M-A06");
  std::vector<RandomResult> results;
  std::vector<std::vector<Counterexample>> failures;
  for (const unsigned jobs : {1u, 2u, 4u}) {
    RandomOptions options = all_properties(20'000);
    options.jobs = jobs;
    std::vector<Counterexample>& seen = failures.emplace_back();
    options.on_failure = [&](const Counterexample& failure) {
      seen.push_back(failure);
      return seen.size() < 40;
    };
    results.push_back(search::explore_randomly(simulation, options));
  }
  CHECK(results[0].runs < 20'000);  // it had enough
  CHECK(results[0] == results[1]);
  CHECK(results[0] == results[2]);
  CHECK(failures[0] == failures[1]);
  CHECK(failures[0] == failures[2]);
}

TEST_CASE("random search: a budget of events ends it, at the same run for any number of threads",
          "[explore]") {
  const search::Simulation simulation = prepared();
  RandomOptions options = all_properties(20'000);
  options.most_events = 2'000;
  const RandomResult one = search::explore_randomly(simulation, options);
  CHECK(one.runs > 50);
  CHECK(one.runs < search::runs_per_unit);
  CHECK(one.events >= options.most_events);
  for (const unsigned jobs : {2u, 4u}) {
    options.jobs = jobs;
    CHECK(search::explore_randomly(simulation, options) == one);
  }
}

TEST_CASE("random search: every failure is a schedule that fails by itself", "[explore]") {
  for (const std::string_view mutant : {"M-A02", "M-A05", "M-B01"}) {
    const search::Simulation simulation = prepared(mutant);
    search::Trial trial{simulation};
    RandomOptions options = all_properties(3'000);
    std::size_t failures = 0;
    options.on_failure = [&](const Counterexample& failure) {
      ++failures;
      trial.run(failure.seed, failure.extra);
      CHECK(trial.world().digest() == failure.digest);
      CHECK(trial.judge().tally(failure.property).violations != 0);
      CHECK(trial.judge().tally(failure.property).first.reason == failure.why);
      return true;
    };
    search::explore_randomly(simulation, options);
    CHECK(failures > 0);
  }
}

TEST_CASE("random search: what the correct code violates as well does not count", "[explore]") {
  const search::Simulation correct = prepared();
  RandomOptions options = all_properties(20'000);
  options.reference = &correct;
  std::size_t failures = 0;
  options.on_failure = [&](const Counterexample&) { return ++failures < 1'000'000; };
  // Two-phase commit blocks when its coordinator is lost, and so does the reference.
  const RandomResult result = search::explore_randomly(correct, options);
  CHECK(result.runs_violated[properties::index_of(properties::Property::termination)] > 0);
  CHECK(failures == 0);
  search::explore_randomly(prepared("M-A06"), options);
  CHECK(failures > 0);
}

TEST_CASE("random search: what is kept does not depend on the number of threads", "[explore]") {
  const search::Simulation simulation = prepared("M-A06");
  RandomOptions options = all_properties(10'000);  // more than two generations
  const RandomResult alone = search::explore_randomly(simulation, options);
  CHECK(alone.schedules_kept > 100);
  options.jobs = 5;
  CHECK(search::explore_randomly(simulation, options) == alone);
}

}  // namespace indoubt::test
