#include "tests/support/costs.hpp"
#include "tests/protocols/two_phase_commit/choices.hpp"
#include "tests/support/catch.hpp"

// What two-phase commit costs, against the formulas of Mohan, Lindsay and Obermarck: n services,
// final acknowledgements counted, the work before the protocol apart.
namespace indoubt::test {
namespace {

std::uint64_t commit_messages(const Costs& costs) {
  return costs.messages({"prepare", "vote", "commit", "abort", "ack", "inquiry", "presumed_abort",
                         "presumed_commit", "decision_request", "decision_known"});
}

/// What a node writes, and how much of it is forced.
struct Writes {
  std::size_t records = 0;
  std::size_t forced = 0;
  bool operator==(const Writes&) const = default;
};

Writes writes_of(const Costs& costs, const std::string& node) {
  return {costs.records(node), costs.forces(node)};
}

/// A line of the table: what n services cost under a presumption.
struct Formula {
  std::string presume;
  Writes coordinator;
  Writes service;
  std::size_t messages_for_each;
};

void require_costs(const Costs& costs, const Formula& formula, std::size_t n) {
  INFO("presumed " << formula.presume << ", n = " << n);
  REQUIRE(commit_messages(costs) == formula.messages_for_each * n);
  REQUIRE(writes_of(costs, "orders") == formula.coordinator);
  for (std::size_t i = 1; i <= n; ++i) REQUIRE(writes_of(costs, service(i)) == formula.service);
}

Deployment presuming(const std::string& presume, const std::string& termination, std::size_t n) {
  return choosing({presume, termination}, deployment("two-phase-commit", n));
}

}  // namespace

TEST_CASE("2pc: a commit costs what the formulas say, under every presumption", "[2pc][costs]") {
  const Formula formula =
      GENERATE(Formula{"nothing", {2, 1}, {2, 2}, 4}, Formula{"abort", {2, 1}, {2, 2}, 4},
               Formula{"commit", {2, 2}, {2, 1}, 3});
  const std::string termination = GENERATE("blocking", "cooperative");
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{presuming(formula.presume, termination, n)};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  require_costs(costs, formula, n);
}

TEST_CASE("2pc: an abort after yes votes costs what the formulas say, under every presumption",
          "[2pc][costs]") {
  const Formula formula =
      GENERATE(Formula{"nothing", {2, 1}, {2, 2}, 4}, Formula{"abort", {0, 0}, {2, 1}, 3},
               Formula{"commit", {2, 1}, {2, 2}, 4});
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  // One vote comes after the coordinator has stopped waiting. Its disk is quick, so that the abort
  // is there before anybody asks.
  Deployment late = presuming(formula.presume, "blocking", n);
  late.nodes.front().disk.force = sim::Distribution::constant(100us);
  const Costs costs{with_faults(
      late, {on_messages(sim::Action::delay, messages("vote", "s1", "orders"), 1500ms)})};
  const Facts facts = costs.run().facts();
  REQUIRE(facts.has(FactKind::not_placed));
  REQUIRE(facts.count(FactKind::voted, {.node = {}, .order = 1, .value = Outcome::commit}) == n);
  require_costs(costs, formula, n);
}

TEST_CASE("2pc: an abort before the first vote is free, under every presumption", "[2pc][costs]") {
  const std::string presume = GENERATE("nothing", "abort", "commit");
  Deployment scarce = presuming(presume, "blocking", 3);
  scarce.nodes[2].stock = {{"unit", 0}};
  const Costs costs{scarce};
  REQUIRE(costs.run().facts().has(FactKind::not_placed));
  REQUIRE(costs.run().sent("abort") == 2);
  REQUIRE(costs.records("orders") == 0);
}

TEST_CASE("2pc: a commit costs 4n messages and 1 + 2n forced writes (PA)", "[2pc][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{with_group_commit(deployment("two-phase-commit", n), GENERATE(false, true))};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(commit_messages(costs) == 4 * n);
  for (const auto* kind : {"work", "worked", "prepare", "vote", "commit", "ack"}) {
    REQUIRE(costs.run().sent(kind) == n);
  }
  REQUIRE(costs.run().world().counters().messages == 6 * n);
  REQUIRE(costs.run().world().counters().forced_writes == 1 + 2 * n);
  REQUIRE(costs.forces("orders") == 1);
  REQUIRE(costs.records("orders") == 2);  // the end is not forced
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 2);
    REQUIRE(costs.records(service(i)) == 2);
  }
}

TEST_CASE("2pc: an abort after yes votes costs 3n messages, and the coordinator nothing (PA)",
          "[2pc][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  // Everybody votes yes, but one vote comes after the coordinator has stopped waiting.
  const Costs costs{
      with_faults(deployment("two-phase-commit", n),
                  {on_messages(sim::Action::delay, messages("vote", "s1", "orders"), 1500ms)})};
  const Facts facts = costs.run().facts();
  REQUIRE(facts.has(FactKind::not_placed));
  REQUIRE(facts.count(FactKind::voted, {.node = {}, .order = 1, .value = Outcome::commit}) == n);
  REQUIRE(costs.run().sent("abort") == n);
  REQUIRE(commit_messages(costs) == 3 * n);
  REQUIRE(costs.forces("orders") == 0);
  REQUIRE(costs.records("orders") == 0);
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 1);
    REQUIRE(costs.records(service(i)) == 2);  // prepared is forced, aborted is not
  }
}

TEST_CASE("2pc: a refusal ends the order before the protocol begins (PA)", "[2pc][costs]") {
  Deployment scarce = deployment("two-phase-commit", 3);
  scarce.nodes[2].stock = {{"unit", 0}};
  const Costs costs{scarce};
  REQUIRE(costs.run().facts().has(FactKind::not_placed));
  REQUIRE(costs.run().facts().has(FactKind::refused, {.node = "s2", .order = 1, .value = {}}));
  REQUIRE(costs.run().sent("prepare") == 0);
  REQUIRE(costs.run().sent("abort") == 2);
  REQUIRE(costs.run().world().counters().forced_writes == 0);
}

TEST_CASE("2pc: messages of the coordinator to its own machine are free (PA)", "[2pc][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  Deployment together = deployment("two-phase-commit", n);
  together.nodes[1].host = "orders";
  REQUIRE(commit_messages(Costs{together}) == 4 * (n - 1));
}

}  // namespace indoubt::test
