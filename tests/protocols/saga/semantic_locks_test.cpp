#include "search/run/trial.hpp"
#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"

// Semantic locks: what may still be undone is pending, and nobody reads it. That costs waiting.
namespace indoubt::test {
namespace {

/// Many orders want a few units, and the second service declines half of the orders, so that what
/// the first one gave them comes back.
Deployment contended(const std::string& style) {
  Deployment made = saga(style, 2, 30, 8);
  made.nodes.back().decline = {500'000'000};
  made.workload.arrivals = {sim::Distribution::Shape::exponential, 10ms, {}};
  return made;
}

struct Contention {
  properties::IsolationCounts isolation;
  std::size_t placed = 0;
  std::size_t refused = 0;
};

Contention contention_of(const std::string& style) {
  const Deployment made = contended(style);
  search::Trial trial{search::make_simulation(made)};
  Contention sum;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    trial.run(seed);
    const properties::IsolationCounts& counts = trial.judge().metrics().isolation;
    sum.isolation.dirty_reads += counts.dirty_reads;
    sum.isolation.fuzzy_reads += counts.fuzzy_reads;
    sum.isolation.lost_updates += counts.lost_updates;
    const Facts facts = Run{made, seed}.facts();
    sum.placed += facts.count(FactKind::placed);
    sum.refused += facts.count(FactKind::refused);
  }
  return sum;
}

}  // namespace

TEST_CASE("saga: semantic locks leave nothing dirty to read, where there was much",
          "[saga][locks]") {
  const Contention plain = contention_of("orchestrated");
  const Contention locked = contention_of("locking");
  CHECK(plain.isolation.dirty_reads > 100);
  CHECK(locked.isolation == properties::IsolationCounts{});
  // Who waits may yet be served; and nobody is refused for what comes back.
  CHECK(locked.placed >= plain.placed);
  CHECK(locked.refused < plain.refused);
}

TEST_CASE("saga: who finds units pending is refused once they are assigned", "[saga][locks]") {
  Deployment made = saga("locking", 2, 2, 1);
  made.workload.arrivals = sim::Distribution::constant(8ms);
  const Facts facts = Run{made}.facts();
  CHECK(facts.has(FactKind::placed, {.node = {}, .order = 1, .value = {}}));
  CHECK(facts.has(FactKind::refused, {.node = "s1", .order = 2, .value = {}}));
}

TEST_CASE("saga: who finds units pending gets them once they are given back", "[saga][locks]") {
  // The second step of the first order is lost for as long as it is tried, so its first is undone.
  const std::string style = GENERATE("orchestrated", "locking");
  Deployment made = saga(style, 2, 2, 1);
  made.workload.arrivals = sim::Distribution::constant(200ms);
  made.protocol.options.emplace_back("call_timeout", sim::Duration{500ms});
  made.protocol.options.emplace_back("retry_max", sim::Duration{200ms});
  NamedFault lost = on_messages(sim::Action::drop, messages("step", "orders", "s2"));
  lost.match.order = 1;
  const Facts facts = Run{with_faults(made, {lost})}.facts();
  const bool is_locked = style == "locking";
  CHECK(facts.has(FactKind::not_placed, {.node = {}, .order = 1, .value = {}}));
  CHECK(facts.has(FactKind::placed, {.node = {}, .order = 2, .value = {}}) == is_locked);
  CHECK(facts.has(FactKind::refused, {.node = "s1", .order = 2, .value = {}}) == !is_locked);
}

TEST_CASE("saga: semantic locks cost neither messages nor forced writes", "[saga][locks][costs]") {
  const auto n = GENERATE(range(std::size_t{1}, std::size_t{10}));
  const Costs plain{saga("orchestrated", n)};
  const Costs locked{saga("locking", n)};
  CHECK(locked.run().facts().has(FactKind::placed));
  CHECK(locked.run().facts().count(FactKind::held) == n);
  CHECK(locked.run().world().counters().messages == plain.run().world().counters().messages);
  CHECK(locked.run().world().counters().forced_writes ==
        plain.run().world().counters().forced_writes);
}

TEST_CASE("saga: sagas that wait for each other's units end in time", "[saga][locks]") {
  // Orders that come at once, for a single unit each, in a world of losses.
  Deployment made = saga("locking", 3, 6, 1);
  made.network.loss = {100'000'000};
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    INFO("seed " << seed);
    const Run run{made, seed};
    REQUIRE(run.world().end_reason() == sim::EndReason::rest);
    REQUIRE(run.facts().held() == 0);
  }
}

}  // namespace indoubt::test
