#include "tests/protocols/two_phase_commit/choices.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
#include "tests/support/crash_outcomes.hpp"
#include "tests/support/each_crash.hpp"

// Commit in one phase: an order's only service decides, and the coordinator asks until it knows.
namespace indoubt::test {
namespace {

Deployment one_phase(Choice choice = {}, std::size_t services = 1) {
  Deployment made = choosing(choice, deployment("two-phase-commit", services));
  made.protocol.options.emplace_back("one_phase", true);
  return made;
}

}  // namespace

TEST_CASE("2pc: one service commits in one phase, with 2 messages and 1 forced write",
          "[2pc][costs]") {
  const Deployment good = one_phase(GENERATE(from_range(all_choices)));
  const Costs costs{good};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.run().facts().decided(Outcome::commit));
  REQUIRE(costs.messages({"commit_one_phase", "one_phase_outcome"}) == 2);
  REQUIRE(costs.messages({"prepare", "vote", "commit", "ack"}) == 0);
  REQUIRE(costs.records("orders") == 0);
  REQUIRE(costs.forces("s1") == 1);
  const auto formula = search::make_simulation(good).commit_costs;
  REQUIRE(formula);
  REQUIRE(costs.run().world().counters().messages == formula->messages);
  REQUIRE(costs.run().world().counters().forced_writes == formula->forced_writes);
}

TEST_CASE("2pc: with two services there are two phases", "[2pc]") {
  const Run run{one_phase({}, 2)};
  REQUIRE(run.facts().has(FactKind::placed));
  REQUIRE(run.sent("commit_one_phase") == 0);
  REQUIRE(run.sent("prepare") == 2);
}

TEST_CASE("2pc: a lost answer leaves the one-phase outcome unknown, and it is asked for again",
          "[2pc]") {
  NamedFault cut;
  cut.action = sim::Action::partition;
  cut.groups = {{"s1"}, {"orders"}};
  cut.one_way = true;
  cut.at = sim::TrueTime{15ms};  // the service has the work, and its answers will not arrive
  cut.lasts = 5s;
  const Run run{with_faults(one_phase(), {cut})};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.sent("commit_one_phase") > 2);
  REQUIRE(run.facts().assigned() == 1);
  REQUIRE(run.facts().has(FactKind::placed));
  REQUIRE_FALSE(run.facts().has(FactKind::not_placed));
}

TEST_CASE("2pc: a service that is lost for good with the one-phase outcome is not guessed for",
          "[2pc]") {
  const bool has_decided = GENERATE(false, true);
  // Before the question arrives, or when the decision is durable and the answer has not left.
  const NamedFault crash =
      has_decided ? crash_before("s1", 4, handling("commit_one_phase"), Keep::forced, {})
                  : crash_at("s1", 12ms, Keep::forced, {});
  const Run run{with_faults(one_phase(), {crash})};
  REQUIRE(run.all_faults_fired());
  REQUIRE_FALSE(run.facts().has(FactKind::replied));
  REQUIRE(run.facts().assigned() == (has_decided ? 1 : 0));
}

TEST_CASE(
    "2pc: a crash at any point of one-phase commit leaves all or nothing, and no false answer",
    "[2pc][crash]") {
  const Deployment good = with_group_commit(one_phase(), GENERATE(false, true));
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = {2ms, 10ms, 700ms, 3s}},
      [](const CrashPoint& point, const Run& run) {
        const Facts facts = run.facts();
        require_ended(facts, 1);
        const bool is_service = point.node() == "s1";
        // The coordinator writes nothing, so its crash leaves the client without an answer, and the
        // outcome to the service. A service that crashes is asked again.
        if (is_service) REQUIRE(facts.count(FactKind::replied) == 1);
        const bool keeps_its_word = point.has_done("forced committed_alone");
        if (is_service && keeps_its_word) REQUIRE(facts.assigned() == 1);
      });
  REQUIRE(points > 6);
}

TEST_CASE("2pc: a one-phase order begun anew after a crash gets the answer of the first time",
          "[2pc]") {
  Deployment made = one_phase();
  NamedFault copy =
      on_messages(sim::Action::duplicate, messages("place_order", "client", "orders"), 500ms);
  const Run run{with_faults(made, {copy, crash_at("orders", 17ms, Keep::forced, 10ms)})};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.facts().assigned() == 1);
  REQUIRE(run.facts().has(FactKind::placed));
  REQUIRE_FALSE(run.facts().has(FactKind::not_placed));
}

}  // namespace indoubt::test
