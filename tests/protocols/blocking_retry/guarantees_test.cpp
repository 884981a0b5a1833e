#include "protocols/kit/directory.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
#include "tests/support/each_crash.hpp"
#include "tests/support/verdicts.hpp"

// Blocking retry promises one thing: if the caller stays up, nobody refuses and the services come
// back, everything is done once. What it costs, that promise, and what it does not promise.
namespace indoubt::test {
namespace {

using sim::Action;

Deployment stressed(bool group_commit) {
  Deployment made = deployment("blocking-retry", 3, 4, 10);
  made.network.latency = {sim::Distribution::Shape::exponential, 8ms, {}};
  made.network.loss = {100'000'000};
  made.network.duplicate = {100'000'000};
  for (auto& node : made.nodes) node.disk.group_commit = group_commit;
  made.workload.arrivals = {sim::Distribution::Shape::exponential, 20ms, {}};
  made.limits.quiet_after = sim::TrueTime{10s};
  for (std::size_t i = 1; i <= 3; ++i) {
    NamedFault crash;
    crash.id = "crash-" + std::to_string(i);
    crash.trigger = sim::Trigger::every;
    crash.every = {sim::Distribution::Shape::exponential, 200ms, {}};
    crash.nodes = {service(i)};
    crash.keep = static_cast<Keep>(i);
    crash.restart_after = 50ms;
    made.faults.push_back(crash);
  }
  return made;
}

}  // namespace

TEST_CASE("blocking retry: an order costs 2n messages and n forced writes, none at the caller",
          "[blocking-retry][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const Costs costs{with_group_commit(deployment("blocking-retry", n), GENERATE(false, true))};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.messages({"call", "result"}) == 2 * n);
  REQUIRE(costs.run().world().counters().messages == 2 * n);
  REQUIRE(costs.run().world().counters().forced_writes == n);
  REQUIRE(costs.records("orders") == 0);
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 1);
    REQUIRE(costs.records(service(i)) == 1);
  }
}

TEST_CASE("blocking retry: as long as the caller is up, everything is done once",
          "[blocking-retry][stress]") {
  const auto simulation = search::make_simulation(stressed(GENERATE(false, true)));
  sim::World world{simulation.plan};
  std::size_t copies = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    INFO("seed " << seed);
    world.reset(seed);
    while (world.step()) {
    }
    const Facts facts{world};
    REQUIRE(world.end_reason() == sim::EndReason::rest);
    const std::size_t requested = facts.count(FactKind::requested);
    // The client sends once: an order that was lost on the way to the caller never began.
    for (std::uint32_t order = 1; order <= 4; ++order) {
      const std::size_t assigned = facts.assigned({.node = {}, .order = order, .value = {}});
      REQUIRE((assigned == 0 || assigned == 3));
      REQUIRE(facts.count(FactKind::assigned, {.node = {}, .order = order, .value = {}}) ==
              assigned);
      if (facts.has(FactKind::placed, {.node = {}, .order = order, .value = {}})) {
        REQUIRE(assigned == 3);
      }
    }
    REQUIRE(facts.assigned() >= 3 * facts.count(FactKind::placed));
    REQUIRE(requested == 4);
    copies += world.messages_by_kind()[*kit::Directory{world.plan().plan()}.kind("call")];
  }
  REQUIRE(copies > 2000 * 12);
}

TEST_CASE("blocking retry: after a crash at any point of a service everything is done once",
          "[blocking-retry][crash]") {
  const Deployment good = deployment("blocking-retry", 2);
  require_after_each_crash(
      {.of = good, .restarts = {700ms}, .only_at = std::not_fn(is_coordinator)},
      [](const CrashPoint&, const Run& run) {
        REQUIRE(run.facts().has(FactKind::placed));
        REQUIRE(run.facts().assigned() == 2);
      });
}

TEST_CASE("blocking retry: after a crash of the caller the order stays as far as it was",
          "[blocking-retry][crash]") {
  const Deployment good = deployment("blocking-retry", 3);
  require_after_each_crash(
      {.of = good, .keep = {Keep::forced}, .restarts = {2ms}, .only_at = is_coordinator},
      [](const CrashPoint& point, const Run& run) {
        REQUIRE(run.facts().assigned() == point.times("send call"));
        REQUIRE(run.facts().has(FactKind::placed) == point.has_done("send placed"));
      });
}

TEST_CASE("blocking retry: a late refusal leaves the rest done, and says not placed",
          "[blocking-retry]") {
  Deployment made = deployment("blocking-retry");
  made.nodes.back().decline = {1'000'000'000};
  CHECK(Run{made}.facts().assigned() == 1);
  CHECK(violated(made) == std::vector<std::string>{"atomicity", "truthful-reply", "no-leak"});
}

TEST_CASE("blocking retry: the correct code passes where a mutant fails",
          "[blocking-retry][mutants]") {
  const auto on_first = [](std::string mutant, std::string property, NamedFault fault) {
    INFO(mutant << " breaks " << property);
    const Deployment made = with_faults(deployment("blocking-retry"), {std::move(fault)});
    REQUIRE(Run{made}.all_faults_fired());
    REQUIRE(violated(made).empty());
    REQUIRE(contains(violated(with_mutant(made, mutant)), property));
  };
  on_first("X-BR-01", "atomicity",
           on_messages(Action::drop, messages("result", "s1", "orders", 1)));
  on_first("X-BR-02", "durability", crash_before("s1", 3, handling("call"), Keep::forced, 10ms));
  NamedFault cut = on_messages(Action::partition, {});
  cut.trigger = sim::Trigger::at;
  cut.at = sim::TrueTime{12ms};
  cut.groups = {{"orders"}, {"s2"}};
  cut.lasts = 5s;
  on_first("X-BR-03", "truthful-reply", cut);
}

}  // namespace indoubt::test
