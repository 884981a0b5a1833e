#include "tests/protocols/two_phase_commit/choices.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
#include "tests/support/each_crash.hpp"

// Heuristic decisions break agreement by design. What they owe is a report, in every such case.
namespace indoubt::test {
namespace {

Deployment guessing(const Choice& choice, const std::string& heuristic, std::size_t services = 2,
                    sim::Duration after = 2s) {
  Deployment made = choosing(choice, deployment("two-phase-commit", services));
  made.protocol.options.emplace_back("heuristic", heuristic);
  made.protocol.options.emplace_back("heuristic_after", after);
  return made;
}

/// What is written in a run, also if a crash takes it.
class Records {
 public:
  explicit Records(const Deployment& deployment, std::uint64_t seed = 1)
      : simulation_{search::make_simulation(deployment)},
        log_{simulation_.plan->plan()},
        run_{deployment, seed, &log_} {}

  std::size_t count(std::string_view record, std::string_view node = {}) const {
    std::size_t found = 0;
    for (const DeedLog::Deed& deed : log_.deeds()) {
      const bool is_meant = node.empty() || deed.node == node;
      found += is_meant && deed.what == "append " + std::string{record} ? 1u : 0u;
    }
    return found;
  }
  std::size_t guesses() const { return count("heuristic_aborted") + count("heuristic_committed"); }
  const Run& run() const { return run_; }

 private:
  search::Simulation simulation_;
  DeedLog log_;
  Run run_;
};

/// Whether somebody has decided, done or been told something else than somebody else.
bool is_mixed(const Facts& facts, std::size_t services, std::uint32_t order = 1) {
  const std::size_t assigned = facts.assigned({.node = {}, .order = order, .value = {}});
  const bool is_whole = assigned == services;
  const auto has = [&](FactKind kind) {
    return facts.has(kind, {.node = {}, .order = order, .value = {}});
  };
  return facts.is_split(order) || (assigned != 0 && !is_whole) ||
         (has(FactKind::placed) && !is_whole) || (has(FactKind::not_placed) && assigned != 0);
}

/// Its decisions are on the way, but do not reach the last service for a while.
Deployment cut_off(Deployment made, sim::Duration lasts) {
  NamedFault cut;
  cut.action = sim::Action::partition;
  cut.groups = {{"s2"}, {"orders", "s1"}};
  cut.at = sim::TrueTime{24ms};  // votes have arrived, and nothing after them will
  cut.lasts = lasts;
  return with_faults(std::move(made), {cut});
}

/// Messages are lost, and everybody crashes; the coordinator for longer than services wait.
Deployment disturbed(Deployment made) {
  made.workload.orders = 6;
  made.workload.arrivals = {sim::Distribution::Shape::exponential, 150ms, {}};
  made.network.latency = {sim::Distribution::Shape::exponential, 8ms, {}};
  made.network.loss = {50'000'000};
  made.network.duplicate = {100'000'000};
  made.limits.quiet_after = sim::TrueTime{12s};
  made.limits.sim_time = sim::TrueTime{60s};
  for (const std::string node : {"orders", "s1", "s2", "s3"}) {
    NamedFault crash;
    crash.id = "crash-" + node;
    crash.trigger = sim::Trigger::every;
    crash.every = {sim::Distribution::Shape::exponential, node == "orders" ? 100ms : 2s, {}};
    crash.nodes = {node};
    crash.keep = Keep::some;
    crash.restart_after = node == "orders" ? 300ms : 30ms;
    made.faults.push_back(crash);
  }
  return made;
}

}  // namespace

TEST_CASE("2pc: a service decides by itself after heuristic_after, not before",
          "[2pc][heuristic]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const Records soon{cut_off(guessing(choice, "abort"), 1500ms)};
  CHECK(soon.count("heuristic_aborted", "s2") == 0);
  CHECK(soon.run().facts().assigned() == 2);
  const Records late{cut_off(guessing(choice, "abort"), 3s)};
  CHECK(late.count("heuristic_aborted", "s2") == 1);
}

TEST_CASE("2pc: a heuristic decision against the outcome is reported as mixed",
          "[2pc][heuristic]") {
  const Choice choice = GENERATE(from_range(all_choices));
  INFO("presumed " << choice.presume << ", " << choice.termination);
  const Records records{cut_off(guessing(choice, "abort"), 3s)};
  const Facts facts = records.run().facts();
  CHECK(facts.is_split());
  CHECK(facts.assigned() == 1);
  CHECK(records.count("heuristic_mixed", "orders") == 1);
  CHECK(records.count("heuristic_agreed", "orders") == 0);
  CHECK(records.count("heuristic_forgotten", "s2") == 1);
  CHECK(records.run().world().end_reason() == sim::EndReason::rest);
}

TEST_CASE("2pc: a heuristic decision as everybody else's is noted and forgotten",
          "[2pc][heuristic]") {
  const Choice choice = GENERATE(from_range(all_choices));
  INFO("presumed " << choice.presume << ", " << choice.termination);
  const Records records{cut_off(guessing(choice, "commit"), 3s)};
  const Facts facts = records.run().facts();
  CHECK_FALSE(facts.is_split());
  CHECK(facts.assigned() == 2);
  CHECK(records.count("heuristic_mixed", "orders") == 0);
  CHECK(records.count("heuristic_agreed", "orders") == 1);
  CHECK(records.count("heuristic_forgotten", "s2") == 1);
}

TEST_CASE("2pc: who may decide by itself does not block on a coordinator that is lost",
          "[2pc][heuristic]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const std::string heuristic = GENERATE("abort", "commit");
  const Facts facts =
      Run{with_faults(guessing(choice, heuristic), {crash_at("orders", 24ms, Keep::forced, {})})}
          .facts();
  CHECK(facts.held() == 0);
  CHECK(facts.assigned() == (heuristic == "commit" ? 2 : 0));
}

TEST_CASE("2pc: without faults heuristics cost nothing and decide nothing", "[2pc][heuristic]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const Costs plain{choosing(choice, deployment("two-phase-commit", 3))};
  const Costs guess{guessing(choice, "abort", 3)};
  CHECK(plain.run().world().counters().messages == guess.run().world().counters().messages);
  CHECK(plain.run().world().counters().forced_writes ==
        guess.run().world().counters().forced_writes);
  CHECK(guess.messages({"heuristic", "forget"}) == 0);
}

TEST_CASE("2pc: every split that heuristics make is reported, whoever crashes when",
          "[2pc][heuristic][crash]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const std::string heuristic = GENERATE("abort", "commit");
  const Deployment late = cut_off(guessing(choice, heuristic), 3s);
  INFO("presumed " << choice.presume << ", " << choice.termination << ", " << heuristic);
  std::size_t splits = 0;
  const Crashes crashes{.of = late, .keep = {Keep::forced, Keep::all}, .restarts = {10ms, 4s}};
  for_each_crash(crashes, [&](const CrashPoint&, const Deployment& crashed) {
    const Records records{crashed};
    const Facts facts = records.run().facts();
    REQUIRE(records.run().world().end_reason() == sim::EndReason::rest);
    REQUIRE(facts.held() == 0);
    const bool has_split = is_mixed(facts, 2);
    if (has_split) REQUIRE(records.guesses() != 0);
    if (has_split) REQUIRE(records.count("heuristic_mixed", "orders") != 0);
    splits += has_split ? 1u : 0u;
  });
  REQUIRE(splits > 10);
}

TEST_CASE("2pc: with heuristics each violation comes with its report (random faults)",
          "[2pc][heuristic][stress]") {
  const Choice choice = GENERATE(from_range(all_choices));
  const std::string heuristic = GENERATE("abort", "commit");
  const Deployment made = disturbed(guessing(choice, heuristic, 3, 50ms));
  std::size_t violations = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    INFO("presumed " << choice.presume << ", " << choice.termination << ", " << heuristic
                     << ", seed " << seed);
    const Records records{made, seed};
    const Facts facts = records.run().facts();
    std::size_t mixed = 0;
    for (std::uint32_t order = 1; order <= made.workload.orders; ++order) {
      mixed += is_mixed(facts, 3, order) ? 1u : 0u;
    }
    REQUIRE(records.count("heuristic_mixed", "orders") >= mixed);
    REQUIRE(facts.held() == 0);
    violations += mixed;
  }
  REQUIRE(violations > 20);
}

}  // namespace indoubt::test
