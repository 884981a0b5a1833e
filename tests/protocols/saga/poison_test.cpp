#include <string>

#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// Messages that a service cannot handle, whenever it tries: what becomes of their orders, and of
// the orders behind them.
namespace indoubt::test {
namespace {

constexpr std::uint32_t always = 1'000'000'000;

/// Orders that come one second after the other, with poison at one of two services. What is
/// delivered three times is parked.
Deployment poisoned(const std::string& style, std::size_t at, std::uint32_t share,
                    std::uint32_t orders = 1) {
  Deployment made = saga(style, 2, orders);
  made.workload.arrivals = sim::Distribution::constant(1s);
  made.nodes[at].poison = {share};
  // Or newer commands would keep older ones invisible.
  if (is_queued(style)) made.protocol.options.emplace_back("retry_max", sim::Duration{10s});
  made.protocol.options.emplace_back(is_choreographed(style) ? "max_deliveries" : "max_receives",
                                     std::int64_t{3});
  return made;
}

/// The first seed with which this is so of a run.
template <typename Asked>
std::uint64_t seed_with(const Deployment& made, Asked&& is_so) {
  for (std::uint64_t seed = 1; seed < 300; ++seed) {
    if (is_so(Run{made, seed})) return seed;
  }
  FAIL("no run is like that");
  return 0;
}

bool is_told(const Facts& facts, FactKind answer, std::uint32_t order) {
  return facts.has(answer, {.node = {}, .order = order, .value = {}});
}
std::size_t parked(const Facts& facts, std::uint32_t order) {
  return facts.count(FactKind::parked, {.node = {}, .order = order, .value = {}});
}

}  // namespace

TEST_CASE("saga: a poison step is never answered, so its order is undone, and its message parked",
          "[saga][poison]") {
  const std::string style = GENERATE("queued", "queued-locking", "queued-shared", "choreographed",
                                     "choreographed-shared");
  INFO(style);
  const Deployment made = poisoned(style, 2, always / 2);
  // The step, and not what undoes it.
  const std::uint64_t seed = seed_with(made, [](const Run& run) {
    const Facts facts = run.facts();
    return is_told(facts, FactKind::not_placed, 1) &&
           run.world().end_reason() == sim::EndReason::rest && facts.assigned() == 0;
  });
  const Facts facts = Run{made, seed}.facts();
  CHECK(parked(facts, 1) > 0);
  CHECK(facts.held() == 0);
  CHECK(violated(made, seed) == std::vector<std::string>{});
}

TEST_CASE("saga: a message that is poison holds up no other one", "[saga][poison]") {
  const std::string style =
      GENERATE("queued", "queued-shared", "choreographed", "choreographed-shared");
  INFO(style);
  const Deployment made = poisoned(style, 2, always / 3, 3);
  const std::uint64_t seed = seed_with(made, [](const Run& run) {
    const Facts facts = run.facts();
    return parked(facts, 1) == 0 && is_told(facts, FactKind::not_placed, 2) &&
           parked(facts, 3) == 0;
  });
  for (const std::uint32_t order : {1u, 3u}) {
    INFO(order);
    CHECK(is_told(Run{made, seed}.facts(), FactKind::placed, order));
  }
}

TEST_CASE("saga: with a poison compensation the step stays, and an orchestrator never gives up",
          "[saga][poison]") {
  const std::string style = GENERATE("queued", "choreographed");
  INFO(style);
  const Deployment made = with_nothing_at(poisoned(style, 1, always / 2), 2);
  const std::uint64_t seed = seed_with(made, [](const Run& run) {
    return is_told(run.facts(), FactKind::not_placed, 1) && run.facts().assigned() != 0;
  });
  const auto broken = violated(made, seed);
  CHECK(contains(broken, "no-leak"));
  CHECK(contains(broken, "truthful-reply"));
  // An event is parked once and for all, a command for each time that it is put on its queue.
  const std::size_t dead = parked(Run{made, seed}.facts(), 1);
  CHECK((is_choreographed(style) ? dead == 1 : dead > 3));
  CHECK(contains(broken, "quiescence") == !is_choreographed(style));
}

TEST_CASE("saga: without a limit poison is delivered for ever", "[saga][poison]") {
  const std::string style = GENERATE("queued", "choreographed");
  INFO(style);
  Deployment made = poisoned(style, 2, always);
  made.protocol.options.back().second = std::int64_t{0};
  CHECK(parked(Run{made}.facts(), 1) == 0);
  CHECK(Run{made}.sent("deliver") > 20);
  CHECK(contains(violated(made), "quiescence"));
}

TEST_CASE("saga: a supervisor cannot do what is poison to its service", "[saga][poison]") {
  const std::string style = GENERATE("queued", "choreographed");
  INFO(style);
  Deployment made = with_nothing_at(poisoned(style, 1, always / 2), 2);
  made.protocol.options.emplace_back("supervisor", true);
  const std::uint64_t seed = seed_with(made, [](const Run& run) {
    return is_told(run.facts(), FactKind::not_placed, 1) && run.facts().assigned() != 0;
  });
  CHECK(contains(violated(made, seed), "no-leak"));
}

TEST_CASE("saga: functions as published handle poison no better", "[saga][poison]") {
  Deployment made = poisoned("queued", 2, always);
  made.protocol.variant = "as-published";
  CHECK(is_told(Run{made}.facts(), FactKind::not_placed, 1));
  CHECK(Run{made}.facts().assigned() == 0);
  CHECK(parked(Run{made}.facts(), 1) > 0);
}

TEST_CASE("saga: what is called knows no poison, and that is told", "[saga][poison]") {
  Deployment made = saga("orchestrated");
  made.nodes[2].poison = {always};
  const Run run{made};
  CHECK(run.simulation().unapplied.poison == std::vector<std::string>{"s2"});
  CHECK(run.facts().has(FactKind::placed));
}

}  // namespace indoubt::test
