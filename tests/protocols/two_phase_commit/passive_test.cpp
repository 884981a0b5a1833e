#include <string>

#include "tests/protocols/two_phase_commit/crash_stages.hpp"
#include "tests/support/atomic_stress.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
#include "tests/support/each_crash.hpp"

// Passive participants: who is prepared waits until the coordinator's recovery comes.
namespace indoubt::test {
namespace {

using sim::Action;

Deployment passive(Deployment made, const std::string& scan = "periodic") {
  made.protocol.options.emplace_back("participants", std::string{"passive"});
  made.protocol.options.emplace_back("scan", scan);
  return made;
}

Deployment one_order(const std::string& scan, std::vector<NamedFault> faults,
                     std::size_t services = 2) {
  return with_faults(passive(deployment("two-phase-commit", services), scan), std::move(faults));
}

/// Everybody has voted yes when the coordinator crashes, and it has written nothing.
NamedFault crash_undecided() {
  return crash_before("orders", 1, handling("vote", 1, 2), Keep::forced, 100ms);
}

/// When units of the order were given back at a service; the end of time if they were not.
sim::TrueTime released_at(const Run& run, sim::NodeId node) {
  for (const sim::Fact& fact : run.facts().all()) {
    if (fact.kind == FactKind::released && fact.node == node) return fact.time;
  }
  return sim::never;
}

constexpr sim::NodeId service_1{1};

}  // namespace

TEST_CASE("2pc passive: an order that nothing hinders costs what it costs among active ones",
          "[2pc][passive]") {
  const std::string scan = GENERATE("periodic", "at-start");
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{6}));
  const Costs costs{passive(deployment("two-phase-commit", n), scan)};
  CHECK(costs.run().facts().has(FactKind::placed));
  CHECK(costs.run().world().counters().messages == 6 * n);
  CHECK(costs.run().world().counters().forced_writes == 1 + 2 * n);
  CHECK(costs.run().sent("list_prepared") == 0);
}

TEST_CASE("2pc passive: who is in doubt asks nobody, for ever", "[2pc][passive]") {
  const std::string scan = GENERATE("periodic", "at-start");
  const Run run{one_order(scan, {crash_at("orders", 24ms, Keep::forced, {})})};
  CHECK(run.sent("inquiry") == 0);
  CHECK(run.facts().held() == 2);
  CHECK(run.world().end_reason() == sim::EndReason::rest);
}

TEST_CASE("2pc passive: a restarted coordinator finishes what it finds", "[2pc][passive]") {
  const std::string scan = GENERATE("periodic", "at-start");
  const Run run{one_order(scan, {crash_undecided()})};
  CHECK(run.facts().held() == 0);
  CHECK(run.facts().assigned() == 0);
  CHECK(run.sent("in_doubt") >= 2);
  CHECK(run.world().end_reason() == sim::EndReason::rest);
}

TEST_CASE("2pc passive: a branch that the log does not know is left alone for orphan_safety",
          "[2pc][passive]") {
  const sim::Duration safety = GENERATE(1s, 2s, 5s);
  Deployment made = one_order("periodic", {crash_undecided()});
  made.protocol.options.emplace_back("orphan_safety", safety);
  const Run run{made};
  const sim::TrueTime released = released_at(run, service_1);
  CHECK(released > sim::TrueTime{} + safety);
  CHECK(released < sim::TrueTime{} + safety + 1500ms);  // the next scan, and what messages take
}

TEST_CASE("2pc passive: locks are back after a crash before anybody is served", "[2pc][passive]") {
  Deployment two = passive(deployment("two-phase-commit", 1, 2, 1));
  two.workload.arrivals = sim::Distribution::constant(35ms);
  // Its vote has left, and the commit finds it down. The work of the second order does not.
  const Run run{with_faults(two, {crash_at("s1", 57ms, Keep::forced, 20ms)})};
  CHECK(run.all_faults_fired());
  CHECK(run.facts().has(FactKind::refused, {.node = "s1", .order = 2, .value = {}}));
  CHECK(run.facts().assigned({.node = {}, .order = 1, .value = {}}) == 1);
}

TEST_CASE("2pc passive: a commit that is told again is answered with an unknown branch",
          "[2pc][passive]") {
  const Run run{
      one_order("periodic", {on_messages(Action::drop, messages("ack", "s1", "orders", 1))})};
  CHECK(run.sent("unknown_branch") == 1);
  CHECK(run.sent("commit") == 3);
  CHECK(run.facts().assigned() == 2);
}

TEST_CASE("2pc passive: an abort that was lost is made good by the next scans, and only by them",
          "[2pc][passive]") {
  const std::string scan = GENERATE("periodic", "at-start");
  // One vote does not come in time, and the abort does not come at all.
  const Run run{one_order(scan, {on_messages(Action::drop, messages("vote", "s2", "orders", 1)),
                                 on_messages(Action::drop, messages("abort", "orders", "s1", 1))})};
  CHECK(run.facts().held() == (scan == "periodic" ? 0 : 1));
  CHECK(run.world().end_reason() == sim::EndReason::rest);
}

TEST_CASE("2pc passive: one scan misses who is down, and what is prepared later",
          "[2pc][passive]") {
  const std::string scan = GENERATE("periodic", "at-start");
  const bool is_down = GENERATE(false, true);
  // Down: it is back when the only scan is over. Late: the question for the vote is.
  const NamedFault away =
      is_down ? crash_at("s1", 50ms, Keep::forced, 500ms)
              : on_messages(Action::delay, messages("prepare", "orders", "s1", 1), 1s);
  const NamedFault crash =
      is_down ? crash_undecided() : crash_at("orders", 22ms, Keep::forced, 100ms);
  const Run run{one_order(scan, {crash, away})};
  CHECK(run.all_faults_fired());
  CHECK(run.facts().held() == (scan == "periodic" ? 0 : 1));
}

TEST_CASE("2pc passive: a yes that nobody waits for wakes the recovery", "[2pc][passive]") {
  // The coordinator is back, has scanned for as long as a session lasts, and rests; then a vote
  // comes that was on its way.
  const Run run{one_order("periodic",
                          {crash_at("orders", 24ms, Keep::forced, 10ms),
                           on_messages(Action::delay, messages("vote", "s1", "orders", 1), 20s)})};
  const Run undisturbed{one_order("periodic", {crash_at("orders", 24ms, Keep::forced, 10ms)})};
  CHECK(run.sent("list_prepared") > undisturbed.sent("list_prepared"));
  CHECK(run.facts().held() == 0);
  CHECK(run.world().end_reason() == sim::EndReason::rest);
}

TEST_CASE("2pc passive: an answer may take longer than there is between two scans",
          "[2pc][passive]") {
  Deployment made = one_order("periodic", {crash_undecided()});
  made.protocol.options.emplace_back("scan_period", sim::Duration{7ms});  // a round trip takes 10ms
  const Run run{made};
  CHECK(run.facts().held() == 0);
  CHECK(run.world().end_reason() == sim::EndReason::rest);
  SECTION("and one who is away keeps nobody else waiting") {
    made.faults.push_back(crash_at("s2", 150ms, Keep::forced, 30s));
    const Run without{with_faults(made, made.faults)};
    CHECK(released_at(without, service_1) < sim::TrueTime{10s});
    CHECK(without.facts().held() == 0);
  }
}

TEST_CASE("2pc passive: the recovery rests", "[2pc][passive]") {
  const Run run{one_order("periodic", {crash_undecided()})};
  CHECK(run.world().end_reason() == sim::EndReason::rest);
  CHECK(run.sent("list_prepared") < 2 * 12);
}

TEST_CASE(
    "2pc passive: recovery finishes all branches of a database, at databases that only read too",
    "[2pc][passive]") {
  Deployment made = passive(deployment("two-phase-commit", 3, 4, 4));
  made.workload.takes.back().items.clear();
  const Run run{
      with_faults(made, {crash_before("orders", 1, handling("vote", 1, 2), Keep::forced, 100ms)})};
  CHECK(run.facts().held() == 0);
  CHECK(run.world().end_reason() == sim::EndReason::rest);
}

TEST_CASE("2pc passive: a crash at any point of the good case leaves what the table says",
          "[2pc][passive][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good =
      with_group_commit(passive(deployment("two-phase-commit", services)), GENERATE(false, true));
  const std::size_t points =
      require_after_each_crash({.of = good, .restarts = {2ms, 10ms, 700ms, 3s}},
                               [&](const CrashPoint& point, const Run& run) {
                                 require_repaired(expected_at(point), point, run.facts(), services);
                               });
  // As among active ones: a timer for the scan more at the coordinator, and none in doubt.
  REQUIRE(points > 11 + 13 * services);
}

TEST_CASE("2pc passive: what was rolled back is not in doubt again after a crash",
          "[2pc][passive]") {
  const Run run{
      one_order("periodic", {crash_undecided(), crash_at("s1", 30s, Keep::forced, 10ms)})};
  CHECK(run.all_faults_fired());
  CHECK(run.facts().held() == 0);
  CHECK(run.facts().has(FactKind::released, {.node = "s1", .order = 1, .value = {}}));
}

TEST_CASE("2pc passive: a crash at any point of a recovery leaves it to the next one",
          "[2pc][passive][crash]") {
  const Deployment recovering = one_order("periodic", {crash_undecided()});
  const Crashes crashes{
      .of = recovering, .keep = {Keep::forced, Keep::all}, .restarts = {10ms, 3s}};
  std::size_t recoveries = 0;
  const std::size_t points =
      for_each_crash(crashes, [&](const CrashPoint&, const Deployment& crashed) {
        const Run run{crashed};
        require_ended(run.facts(), 2);
        REQUIRE(run.world().end_reason() == sim::EndReason::rest);
        recoveries += run.sent("list_prepared") != 0 ? 1u : 0u;
      });
  REQUIRE(points > 40);
  REQUIRE(recoveries > 2 * points);
}

TEST_CASE("2pc passive: nothing random splits, leaks or lies (20,000 schedules)",
          "[2pc][passive][stress]") {
  static const std::vector<std::string_view> kinds{
      "work", "worked",         "prepare",       "vote",     "commit",        "abort",
      "ack",  "presumed_abort", "list_prepared", "in_doubt", "prepared_list", "unknown_branch"};
  Deployment made =
      passive(stress::stressed("two-phase-commit", GENERATE(false, true), GENERATE(false, true)));
  made.protocol.options.emplace_back("scan_period", sim::Duration{100ms});
  made.protocol.options.emplace_back("orphan_safety", sim::Duration{200ms});
  const auto simulation = search::make_simulation(made);
  sim::World world{simulation.plan};
  stress::Seen seen;
  for (std::uint64_t seed = 1; seed <= 5000; ++seed) stress::run(world, kinds, seed, seen);
  REQUIRE(seen.placed > 1000);
  REQUIRE(seen.not_placed > 1000);
  REQUIRE(seen.unknown > 1000);
  REQUIRE(seen.lost > 1000);
}

}  // namespace indoubt::test
