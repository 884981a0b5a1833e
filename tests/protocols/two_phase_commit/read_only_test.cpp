#include "protocols/kit/directory.hpp"
#include "protocols/registry.hpp"
#include "tests/protocols/two_phase_commit/choices.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
#include "tests/support/crash_outcomes.hpp"
#include "tests/support/each_crash.hpp"
#include "tests/support/verdicts.hpp"

// Services from which an order only reads: they vote READ and are out of it.
namespace indoubt::test {
namespace {

/// Orders take from the first `writers` services, and only read at the others.
Deployment reading(const Choice& choice, std::size_t services, std::size_t writers) {
  Deployment made = choosing(choice, deployment("two-phase-commit", services));
  for (std::size_t i = writers; i < services; ++i) made.workload.takes[i].items.clear();
  return made;
}

std::size_t forces_of_coordinator(const std::string& presume, std::size_t writers) {
  if (presume == "commit") return writers == 0 ? 1 : 2;
  return writers == 0 ? 0 : 1;
}

}  // namespace

TEST_CASE("2pc: who only reads costs 2 messages and writes nothing", "[2pc][costs]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const auto services = GENERATE(range(std::size_t{2}, std::size_t{10}));
  for (std::size_t writers = 0; writers <= services; ++writers) {
    INFO(writers << " of " << services << " services write, presumed " << choice.presume);
    const Deployment good = reading(choice, services, writers);
    const Costs costs{good};
    REQUIRE(costs.run().facts().has(FactKind::placed));
    const std::size_t for_each_writer = choice.presume == "commit" ? 3 : 4;
    const std::uint64_t messages =
        costs.messages({"prepare", "vote", "vote_read", "commit", "ack"});
    REQUIRE(messages == for_each_writer * writers + 2 * (services - writers));
    REQUIRE(costs.messages({"abort", "inquiry"}) == 0);
    REQUIRE(costs.forces("orders") == forces_of_coordinator(choice.presume, writers));
    for (std::size_t i = writers + 1; i <= services; ++i) {
      REQUIRE(costs.records(service(i)) == 0);
      REQUIRE(costs.forces(service(i)) == 0);
    }
    const auto formula = search::make_simulation(good).commit_costs;
    REQUIRE(formula);
    REQUIRE(costs.run().world().counters().messages == formula->messages);
    REQUIRE(costs.run().world().counters().forced_writes == formula->forced_writes);
  }
}

TEST_CASE("2pc: where all only read the coordinator writes nothing, but for presumed commit",
          "[2pc][costs]") {
  const std::string presume = GENERATE("abort", "nothing", "commit");
  const Costs costs{reading({presume, "blocking"}, 3, 0)};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.records("orders") == (presume == "commit" ? 2 : 0));  // collecting and its end
}

TEST_CASE("2pc: who has voted READ is not told of an abort", "[2pc]") {
  const std::string presume = GENERATE("abort", "nothing", "commit");
  const Run run{with_faults(reading({presume, "blocking"}, 3, 2),
                            {on_messages(sim::Action::drop, messages("vote", "s1", "orders"))})};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.facts().has(FactKind::not_placed));
  REQUIRE(run.facts().held() == 0);
  REQUIRE(run.sent("abort") >= 2);
  const auto found = kit::Directory{run.world().plan().plan()}.node("s3");
  REQUIRE(found);
  const Run lost{with_faults(reading({presume, "blocking"}, 3, 2),
                             {on_messages(sim::Action::drop, messages("vote", "s1", "orders")),
                              on_messages(sim::Action::drop, messages("abort", "orders", "s3"))})};
  REQUIRE_FALSE(lost.all_faults_fired());  // there was none to lose
}

TEST_CASE("2pc: with readers a crash at any point splits, leaks and blocks nobody",
          "[2pc][crash]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const std::size_t writers = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{2});
  const Deployment good = with_group_commit(reading(choice, 3, writers), GENERATE(false, true));
  INFO(choice.presume << ", " << choice.termination << ", " << writers << " write");
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = {2ms, 700ms, 3s}},
      [&](const CrashPoint&, const Run& run) { require_ended(run.facts(), writers); });
  REQUIRE(points > 8);
}

TEST_CASE("2pc: on record a request for what only reads is answered alike after any crash",
          "[2pc][crash]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const bool goes_well = GENERATE(true, false);
  Deployment good = reading(choice, 2, 0);
  good.protocol.options.emplace_back("record_requests", true);
  good.workload.retry.emplace();
  good.workload.retry->after = 2s;
  good.workload.retry->times = 2;
  if (!goes_well) good.nodes.back().decline = sim::Probability::certain();
  INFO(choice.presume << ", " << choice.termination << ", " << goes_well);
  std::size_t given_up = 0;
  const std::size_t points = for_each_crash(
      {.of = good, .restarts = {2ms, 700ms}}, [&](const CrashPoint& point, const Deployment& made) {
        INFO(point.text);
        REQUIRE(violated(made) == std::vector<std::string>{});
        const Run run{made};
        const bool is_placed = run.facts().has(FactKind::placed);
        REQUIRE(is_placed != run.facts().has(FactKind::not_placed));
        given_up += is_placed != goes_well ? 1 : 0;
      });
  CHECK(points > 8);
  CHECK((given_up != 0) == goes_well);  // what was begun and had no outcome is aborted
}

TEST_CASE("2pc: a reader that is lost after its vote keeps nobody waiting", "[2pc]") {
  const Choice choice = GENERATE(from_range(all_choices));
  NamedFault crash = crash_at("s3", 40ms, Keep::forced, {});
  const Run run{with_faults(reading(choice, 3, 2), {crash})};
  REQUIRE(run.facts().has(FactKind::placed));
  REQUIRE(run.world().end_reason() == sim::EndReason::rest);
}

TEST_CASE("2pc: a late copy finds a reader that knows nothing any more, and decides nothing",
          "[2pc]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const std::string kind = GENERATE("work", "prepare", "abort");
  const Deployment good = reading(choice, 3, 2);
  std::vector<NamedFault> faults{
      crash_at("s3", 40ms, Keep::forced, 100ms),
      on_messages(sim::Action::duplicate, messages(kind, "orders", "s3"), 1s)};
  // An abort is told to a reader that was not asked for its vote.
  if (kind == "abort") {
    faults.push_back(on_messages(sim::Action::drop, messages("work", "orders", "s1")));
  }
  INFO(choice.presume << ", " << choice.termination << ", a copy of " << kind);
  const Deployment made = with_faults(good, std::move(faults));
  const Run run{made};
  REQUIRE(run.all_faults_fired());
  CHECK(run.facts().has(kind == "abort" ? FactKind::not_placed : FactKind::placed));
  CHECK(run.facts().count(FactKind::decided, {.node = "s3"}) == 0);
  CHECK(violated(made) == std::vector<std::string>{});
}

TEST_CASE("every family completes an order that takes nothing at one of its services",
          "[families]") {
  for (const kit::Family& family : protocols::families()) {
    INFO(family.info.name);
    Deployment made = deployment(std::string{family.info.name}, 3);
    made.workload.takes.back().items.clear();
    made.nodes.back().stock = {{"unit", 0}};
    const Run run{made};
    CHECK(run.facts().has(FactKind::placed));
    CHECK(run.facts().assigned() == 2);
    CHECK(run.world().end_reason() == sim::EndReason::rest);
  }
}

}  // namespace indoubt::test
