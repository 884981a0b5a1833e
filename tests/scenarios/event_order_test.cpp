#include "scenarios/writer.hpp"
#include "tests/scenarios/example.hpp"
#include "tests/scenarios/wrong_input.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::scenarios::testing {
namespace {

/// The small scenario with an order of events.
std::string with_order(const std::string& events) {
  return replaced(small_scenario(), R"("workload")",
                  "\"order\": [" + events + "],\n  \"workload\"");
}

std::vector<sim::NamedEvent> order_of(const Scenario& scenario) {
  return scenario.cells.front().deployment.order.value();
}

}  // namespace

TEST_CASE("order: every kind of event survives being written", "[scenarios][order]") {
  const Scenario scenario = read_valid(with_order(R"(
    { "deliver": { "from": "orders", "to": "store", "kind": "prepare", "order": 1, "nth": 2 } },
    { "timer": { "node": "orders", "kind": "vote", "order": 1 } },
    { "force": { "node": "store" } },
    { "restart": { "node": "store", "nth": 3 } })"));
  REQUIRE(order_of(scenario).size() == 4);
  CHECK(order_of(scenario)[0].nth == 2);
  CHECK(order_of(scenario)[1].kind == "vote");
  CHECK(order_of(scenario)[3].type == sim::EventType::restart);
  CHECK(order_of(read_valid(write_scenario(scenario))) == order_of(scenario));
}

TEST_CASE("order: an empty list is not the same as none", "[scenarios][order]") {
  CHECK(!read_valid(small_scenario()).cells.front().deployment.order);
  const Scenario empty = read_valid(with_order(""));
  CHECK(order_of(empty).empty());
  CHECK(read_valid(write_scenario(empty)).cells.front().deployment.order);
}

TEST_CASE("order: a fault of the scenario can be put in it, another is noted",
          "[scenarios][order]") {
  std::string text = with_order(R"({ "fault": { "id": "one" } })");
  const Scenario without = read_valid(text);
  CHECK(order_of(without).empty());
  REQUIRE(without.cells.front().notes.size() == 1);
  CHECK(without.cells.front().notes[0].find("no fault 'one' at an instant") != std::string::npos);
  text =
      replaced(text, R"("at": "1s", "do": "crash")", R"("id": "one", "at": "1s", "do": "crash")");
  CHECK(order_of(read_valid(text)).front().fault == "one");
}

TEST_CASE("wrong input: events that make no sense", "[scenarios][wrong][order]") {
  const std::string good = R"({ "force": { "node": "store" } })";
  check_wrong_inputs(
      with_order(good),
      {
          {"no event",
           good,
           "{}",
           {"11:13: an event is one of 'deliver', 'timer', 'force', 'restart', 'fault'"}},
          {"two in one",
           good,
           R"({ "force": { "node": "store" }, "restart": { "node": "store" } })",
           {"11:13: an event is one of 'deliver', 'timer', 'force', 'restart', 'fault'"}},
          {"a node that is not there",
           good,
           R"({ "force": { "node": "stor" } })",
           {"11:34: unknown node 'stor'; did you mean 'store'?"}},
          {"a kind that nobody knows",
           good,
           R"({ "timer": { "node": "store", "kind": "vote_timeot" } })",
           {"11:51: unknown message kind 'vote_timeot' (known: work, prepare, vote, decision, "
            "reserve, "
            "reserved, assign, sweep, publish, deliver)"}},
          {"the same twice",
           good,
           good + ", " + good,
           {"11:47: the same event is listed twice; 'nth' tells events apart"}},
          {"no list",
           "[" + good + "]",
           "{}",
           {"11:12: expected a list of events, found an object"}},
          {"a place from 0",
           good,
           R"({ "force": { "node": "store", "nth": 0 } })",
           {"11:50: must be at least 1, not 0"}},
      });
}

}  // namespace indoubt::scenarios::testing
