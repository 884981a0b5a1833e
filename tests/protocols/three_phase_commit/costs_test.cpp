#include "tests/support/costs.hpp"
#include "tests/protocols/three_phase_commit/terminations.hpp"
#include "tests/support/catch.hpp"

// What three-phase commit costs without failures, against Skeen's formulas: n services, the work
// before the protocol apart. The termination makes no difference, and so costs nothing.
namespace indoubt::test {
namespace {

std::uint64_t protocol_messages(const Costs& costs) {
  return costs.messages({"prepare", "vote", "pre_commit", "pre_abort", "pre_ack", "commit", "abort",
                         "ack", "state_request", "state_report"});
}

void require_writes(const Costs& costs, const std::string& node, std::size_t records,
                    std::size_t forced) {
  INFO(node);
  REQUIRE(costs.records(node) == records);
  REQUIRE(costs.forces(node) == forced);
}

sim::TrueTime last_assigned(const Facts& facts) {
  sim::TrueTime last{};
  for (const sim::Fact& fact : facts.all()) {
    if (fact.kind == FactKind::assigned) last = std::max(last, fact.time);
  }
  return last;
}

}  // namespace

TEST_CASE("3pc: a commit costs 6n messages, 5n without acknowledgements, and 2 + 3n forces",
          "[3pc][costs]") {
  const std::string termination = GENERATE(from_range(all_terminations));
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  INFO(termination << ", n = " << n);
  const Costs costs{with_group_commit(terminating(termination, n), GENERATE(false, true))};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(protocol_messages(costs) == 6 * n);
  REQUIRE(protocol_messages(costs) - costs.messages({"ack"}) == 5 * n);
  REQUIRE(costs.run().world().counters().messages == 8 * n);  // with the work
  REQUIRE(costs.run().world().counters().forced_writes == 2 + 3 * n);
  require_writes(costs, "orders", 3, 2);  // the end is not forced
  for (std::size_t i = 1; i <= n; ++i) require_writes(costs, service(i), 3, 3);
}

TEST_CASE("3pc: the last service commits five messages after the first phase began",
          "[3pc][costs]") {
  const std::string termination = GENERATE(from_range(all_terminations));
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Facts facts = Run{terminating(termination, n)}.facts();
  // The request and the work take 15ms; four of the five messages wait for a force.
  REQUIRE(last_assigned(facts) == sim::TrueTime{15ms + 5 * 5ms + 4 * 1ms});
}

TEST_CASE("3pc: an abort after yes votes costs 4n messages and 1 + 2n forces", "[3pc][costs]") {
  const std::string termination = GENERATE(from_range(all_terminations));
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  INFO(termination << ", n = " << n);
  // One vote comes after the coordinator has stopped waiting.
  const Costs costs{
      with_faults(terminating(termination, n),
                  {on_messages(sim::Action::delay, messages("vote", "s1", "orders"), 1500ms)})};
  const Facts facts = costs.run().facts();
  REQUIRE(facts.has(FactKind::not_placed));
  REQUIRE(facts.count(FactKind::voted, {.node = {}, .order = 1, .value = Outcome::commit}) == n);
  REQUIRE(protocol_messages(costs) == 4 * n);
  require_writes(costs, "orders", 2, 1);
  for (std::size_t i = 1; i <= n; ++i) require_writes(costs, service(i), 2, 2);
}

TEST_CASE("3pc: whoever refuses is not told", "[3pc][costs]") {
  const std::string termination = GENERATE(from_range(all_terminations));
  Deployment scarce = terminating(termination, 3);
  scarce.nodes[2].stock = {{"unit", 0}};
  const Costs costs{scarce};
  REQUIRE(costs.run().facts().has(FactKind::not_placed));
  REQUIRE(costs.run().sent("abort") == 2);
  REQUIRE(costs.forces("s2") == 0);
}

}  // namespace indoubt::test
