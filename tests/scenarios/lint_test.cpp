#include "tests/scenarios/example.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::scenarios::testing {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view fault = R"({ "at": "1s", "do": "crash", "node": "store" })";
constexpr std::string_view protocol = R"("name": "two-phase-commit")";

std::string reservation(std::string_view options) {
  return replaced(small_scenario(), protocol,
                  R"("name": "reservation", "options": { )" + std::string{options} + " }");
}

std::string with_fault(std::string_view text) { return replaced(small_scenario(), fault, text); }

}  // namespace

TEST_CASE("lint: a plain scenario raises no warning", "[scenarios][lint]") {
  CHECK(warnings_in(small_scenario()).empty());
  CHECK(warnings_in(reservation("")).empty());
}

TEST_CASE("lint: a hold must outlive the assigning", "[scenarios][lint]") {
  // 2 call timeouts of 1s and a round trip of 10ms, then one more round trip.
  CHECK(warnings_in(reservation(R"("reservation_ttl": "2020ms")")).empty());
  CHECK(warnings_in(reservation(R"("reservation_ttl": "2019ms")")) ==
        Lines{"12:72: a hold of 2.019s may expire while the order is being assigned: "
              "reservation_ttl should be at least retry window 2.01s + round trip 10ms + "
              "clock error 0s = 2.02s"});
  CHECK(warnings_in(reservation(R"("reservation_ttl": "120ms", "call_timeout": "50ms")")).empty());
  CHECK(warnings_in(reservation(R"("call_timeout": "5s")")).size() == 1);
}

TEST_CASE("lint: recovery must not be quicker than those who vote", "[scenarios][lint]") {
  const auto with_options = [](std::string_view options) {
    return warnings_in(
        replaced(small_scenario(), protocol,
                 R"("name": "two-phase-commit", "options": { )" + std::string{options} + " }"));
  };
  CHECK(with_options(R"("participants": "passive")").empty());
  CHECK(with_options(R"("participants": "passive", "orphan_safety": "1s")").empty());
  CHECK(with_options(R"("participants": "passive", "orphan_safety": "999ms")")
            .at(0)
            .ends_with("recovery rolls back after 999ms what may still be voted on: orphan_safety "
                       "should be at least vote_timeout, 1s"));
  CHECK(with_options(R"("participants": "passive", "vote_timeout": "3s")").size() == 1);
  CHECK(with_options(R"("orphan_safety": "10ms")").empty());
  CHECK(with_options(R"("participants": "passive", "scan": "at-start", "orphan_safety": "1ms")")
            .empty());
}

TEST_CASE("lint: clock faults at services and slow links count", "[scenarios][lint]") {
  const std::string text = reservation(R"("reservation_ttl": "3s")");
  CHECK(warnings_in(text).empty());
  const std::string skewed = replaced(
      text, fault,
      R"({ "at": "1s", "do": "clock", "node": "store", "offset": "-800ms", "jump": "300ms" })");
  CHECK(warnings_in(skewed).at(0).find("clock error 1.1s = 3.12s") != std::string::npos);
  const std::string elsewhere =
      replaced(text, fault, R"({ "at": "1s", "do": "clock", "node": "orders", "offset": "2s" })");
  CHECK(warnings_in(elsewhere).empty());
  const std::string slow = replaced(text, R"("latency": "5ms")",
                                    R"("links": [ { "from": "orders", "to": "store",
                      "latency": { "dist": "lognormal", "median": "1ms", "p99": "300ms" } } ])");
  CHECK(warnings_in(slow).at(0).find("round trip 600ms") != std::string::npos);
}

TEST_CASE("lint: work that cannot be done in time is named, and no other", "[scenarios][lint]") {
  const auto with_work = [](const std::string& work, std::string_view arrivals = "") {
    const std::string text = replaced(small_scenario(), R"("stock": { "packet": 10 })",
                                      R"("stock": { "packet": 20 }, "work": )" + work);
    return warnings_in(
        replaced(text, R"("orders": 20)", R"("orders": 20)" + std::string{arrivals}));
  };
  const auto is_named = [](const Lines& warnings) {
    return std::any_of(warnings.begin(), warnings.end(), [](const std::string& line) {
      return line.find("cannot be done with its work") != std::string::npos;
    });
  };
  // 20 orders in 60s: 3s each, and a tenth more.
  CHECK_FALSE(is_named(with_work(R"("3300ms")")));
  const Lines warnings = with_work(R"("3301ms")");
  REQUIRE(is_named(warnings));
  CHECK(warnings.at(0) ==
        "7:51: 'store' cannot be done with its work until sim_time (1m): it usually takes 3.301s "
        "for a message, and 20 orders send it one each at least");
  CHECK_FALSE(is_named(with_work(R"({ "dist": "exponential", "mean": "4s" })")));
  CHECK(is_named(with_work(R"({ "dist": "exponential", "mean": "5s" })")));
  // Of those that come later nobody knows.
  CHECK_FALSE(is_named(with_work(R"("6s")", R"(, "arrivals": "10s")")));
  CHECK(is_named(with_work(R"("12s")", R"(, "arrivals": "10s")")));
  CHECK_FALSE(is_named(
      with_work(R"("12s")", R"(, "arrivals": { "dist": "pareto", "min": "1s", "p99": "9s" })")));
}

TEST_CASE("lint: a timeout must be longer than a round trip", "[scenarios][lint]") {
  const auto with_latency = [](const std::string& latency) {
    return warnings_in(
        replaced(small_scenario(), R"("latency": "5ms")", "\"latency\": " + latency));
  };
  CHECK(with_latency(R"("500ms")").empty());
  CHECK(with_latency(R"("501ms")")
            .at(0)
            .ends_with("the shortest timeout of two-phase-commit (1s) is shorter than a round trip "
                       "(1.002s), so "
                       "orders are given up that nothing is wrong with"));
  CHECK(with_latency(R"({ "dist": "lognormal", "median": "5ms", "p99": "600ms" })").size() == 1);
}

TEST_CASE("lint: protocols of a sweep with timeouts that are too short are named together",
          "[scenarios][lint]") {
  const std::string slow =
      replaced(small_scenario(), R"("latency": "5ms")", R"("latency": "501ms")");
  const std::string swept = replaced(
      replaced(slow, R"("name": "two-phase-commit")", R"("name": "${protocol}")"), R"("sweep": {)",
      R"("sweep": { "matrix": { "protocol": ["two-phase-commit", "reservation", "outbox"] },)");
  const Lines warnings = warnings_in(swept);
  REQUIRE(warnings.size() == 1);
  CHECK(warnings.at(0).ends_with(
      "the shortest timeouts of two-phase-commit (1s) and reservation (1s) are shorter than a "
      "round trip (1.002s), so orders are given up that nothing is wrong with"));
}

TEST_CASE("lint: faults that can never happen are named", "[scenarios][lint]") {
  CHECK(warnings_in(with_fault(
            R"({ "when": { "fact": "held", "at": "orders" }, "do": "crash", "node": "store" })")) ==
        Lines{"14:5: the fault 'crash-1' can never happen: 'orders' has no stock, so nothing is "
              "held there"});
  CHECK(warnings_in(with_fault(R"({ "match": { "order": 21 }, "do": "drop" })")) ==
        Lines{"14:5: the fault 'drop-1' can never happen: order 21 is not placed"});
  CHECK(warnings_in(with_fault(R"({ "match": { "order": 20 }, "do": "drop" })")).empty());
  CHECK(warnings_in(with_fault(R"({ "when": { "fact": "replied", "at": "orders" },
                                    "do": "crash", "node": "store" })"))
            .empty());
}

TEST_CASE("lint: orders that take more than there is are named", "[scenarios][lint]") {
  CHECK(warnings_in(replaced(small_scenario(), R"("agent": 1)", R"("agent": 4)")) ==
        Lines{"11:40: no order can be placed: each takes 4 'agent', but 'courier' has only 3"});
}

TEST_CASE("lint: sometimes needs a fault of that kind", "[scenarios][lint]") {
  const auto sometimes = [](std::string_view what) {
    return replaced(small_scenario(), R"("property": "atomicity", "verdict": "holds")",
                    R"("sometimes": ")" + std::string{what} + "\"");
  };
  CHECK(warnings_in(sometimes("crash")).empty());
  CHECK(warnings_in(sometimes("expired")).empty());
  CHECK(warnings_in(sometimes("drop")) ==
        Lines{"18:5: no cell that this is about has a fault 'drop'"});
  CHECK(warnings_in(replaced(sometimes("drop"), R"("latency": "5ms")", R"("loss": 0.1)")).empty());
}

}  // namespace indoubt::scenarios::testing
