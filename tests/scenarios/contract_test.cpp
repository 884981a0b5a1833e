#include "tests/scenarios/example.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::scenarios::testing {
namespace {

using namespace std::chrono_literals;

/// The example of the guide, with the families that the tests know.
constexpr std::string_view example = R"({
  "format": 1, "name": "food-delivery/store-crash", "description": "...", "tags": ["food-delivery"],
  "limits": { "sim_time": "60s", "events": 500000, "quiet_after": "30s", "blocked": "10s" },
  "nodes": { "orders": { "role": "coordinator" },
             "store":   { "stock": { "packet": 10 }, "disk": { "force": "2ms",
               "group_commit": true } },
             "courier": { "stock": { "agent": 3 }, "decline": 0.02 } }, // who takes part
  "network": { "latency": { "dist": "lognormal", "median": "8ms", "p99": "60ms" }, "loss": 0.01,
    "duplicate": 0.01,
               "links": [ { "from": "orders", "to": "courier", "latency": "80ms",
                 "fifo": true } ] },
  "workload": { "orders": 200, "arrivals": { "dist": "exponential", "rate": "20/s" },
    "give_up_after": "5s",
                "takes": { "store": { "packet": 1 }, "courier": { "agent": 1 } } },
  "protocol": { "name": "${protocol}", "options": { "reservation_ttl": "${ttl}" } },
  "faults": [
    { "id": "crash", "when": { "fact": "held", "at": "store", "nth": 5 }, "do": "crash",
      "node": "store", "keep": "forced", "restart_after": "1500ms" },
    { "id": "cut",   "at": "2s", "for": "3s", "do": "partition", "groups": [["orders", "store"],
      ["courier"]], "one_way": false },
    { "id": "lost",  "do": "drop", "match": { "from": "store", "to": "orders", "kind": "vote",
      "nth": 2 } },
    { "id": "skew",  "at": "1s", "do": "clock", "node": "store", "offset": "800ms",
      "drift": "200ppm" },
    { "id": "place", "do": "crash", "node": "store", "handling": { "kind": "prepare", "order": 3,
      "nth": 1 }, "effect": 2 },
    { "id": "gc",    "every": { "dist": "exponential", "mean": "10s" }, "do": "pause",
      "node": "courier", "for": "1s" } ],
  /* every pair but one */
  "sweep": { "matrix": { "protocol": ["two-phase-commit", "outbox", "reservation"],
    "ttl": ["500ms", "5s"] },
             "exclude": [ { "protocol": "outbox", "ttl": "500ms" } ], "seeds": { "first": 1,
               "count": 1000 } },
  "expect": [ { "property": "atomicity", "verdict": "holds" },
              { "property": "termination", "verdict": "violated",
                "where": { "protocol": "two-phase-commit" }, "why": "..." },
              { "metric": "commit_latency.p99", "max": "450ms", "where": { "ttl": "5s" } },
              { "sometimes": "expired", "where": { "ttl": "500ms" } } ]
}
)";

}  // namespace

TEST_CASE("scenario: the example of the guide reads as it says", "[scenarios]") {
  const Scenario scenario = read_valid(example);
  CHECK(scenario.name == "food-delivery/store-crash");
  CHECK(scenario.tags == std::vector<std::string>{"food-delivery"});
  CHECK(scenario.first_seed == 1);
  CHECK(scenario.seed_count == 1000);
  REQUIRE(scenario.cells.size() == 4);

  const kit::Deployment& deployment = scenario.cells[0].deployment;
  CHECK(deployment.limits.events == 500'000);
  CHECK(deployment.limits.quiet_after == sim::TrueTime{30s});
  REQUIRE(deployment.nodes.size() == 3);
  CHECK(deployment.nodes[1].disk.group_commit);
  CHECK(deployment.nodes[2].decline.parts_per_billion == 20'000'000);
  CHECK(deployment.network.latency.shape == sim::Distribution::Shape::lognormal);
  CHECK(deployment.links.at(0).quality.loss == deployment.network.loss);
  CHECK(deployment.links.at(0).quality.fifo);
  CHECK(deployment.workload.arrivals ==
        sim::Distribution{sim::Distribution::Shape::exponential, 50ms, {}});
  CHECK(deployment.protocol.name() == "two-phase-commit");
}

TEST_CASE("scenario: faults of the example have their triggers and numbers", "[scenarios]") {
  const Scenario scenario = read_valid(example);
  const auto& faults = scenario.cells[0].deployment.faults;
  REQUIRE(faults.size() == 6);
  CHECK(faults[0].trigger == sim::Trigger::when);
  CHECK(faults[0].when.fact == sim::FactKind::held);
  CHECK(faults[0].when.nth == 5);
  CHECK(faults[0].restart_after == sim::Duration{1500ms});
  CHECK(faults[1].groups ==
        std::vector<std::vector<std::string>>{{"orders", "store"}, {"courier"}});
  CHECK(faults[2].match.kind == "vote");
  CHECK(faults[2].match.nth == 2u);
  CHECK(faults[3].offset == sim::Duration{800ms});
  CHECK(faults[3].drift_ppb == 200'000);
  CHECK(faults[4].trigger == sim::Trigger::place);
  CHECK(faults[4].place.handling->order == 3u);
  CHECK(faults[4].place.effect == 2);
  CHECK(faults[5].trigger == sim::Trigger::every);
}

TEST_CASE("scenario: what a family lacks is noted, and equal cells are one", "[scenarios]") {
  const Scenario scenario = read_valid(example);
  const Cell& first = scenario.cells[0];
  CHECK(first.vars == Bindings{{"protocol", "two-phase-commit"}, {"ttl", "500ms"}});
  CHECK(first.typed_vars[1].second == "\"500ms\"");
  REQUIRE(first.also.size() == 1);
  CHECK(first.also[0][1].second == "\"5s\"");
  CHECK(first.notes ==
        std::vector<std::string>{
            "the option 'reservation_ttl' does not apply: two-phase-commit does not have it",
            "stands for protocol=two-phase-commit, ttl=5s, too"});

  const Cell& reservation = scenario.cells[2];
  CHECK(reservation.deployment.protocol.options.at(0).first == "reservation_ttl");
  CHECK(reservation.deployment.faults.size() == 4);
  CHECK(reservation.notes.at(0) ==
        "the fault 'lost' does not apply: reservation has no message 'vote'");
}

TEST_CASE("scenario: expectations of the example know their cells", "[scenarios]") {
  const Scenario scenario = read_valid(example);
  REQUIRE(scenario.expectations.size() == 4);
  CHECK(scenario.expectations[0].cells == std::vector<std::size_t>{0, 1, 2, 3});
  CHECK(scenario.expectations[1].cells == std::vector<std::size_t>{0});
  CHECK(scenario.expectations[1].verdict == Verdict::violated);
  CHECK(scenario.expectations[2].cells == std::vector<std::size_t>{0, 1, 3});
  CHECK(scenario.expectations[2].max == 450'000'000);
  CHECK(scenario.expectations[3].kind == Expectation::Kind::sometimes);
  CHECK(scenario.expectations[3].cells == std::vector<std::size_t>{0, 2});
}

}  // namespace indoubt::scenarios::testing
