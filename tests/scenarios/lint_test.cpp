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

TEST_CASE("lint: faults that change nothing are named", "[scenarios][lint]") {
  const auto in_vain = [](std::string_view text) {
    const Lines warnings = warnings_in(with_fault(text));
    return warnings.empty() ? std::string{} : warnings.at(0);
  };
  CHECK(in_vain(R"({ "match": {}, "do": "drop", "probability": 0 })") ==
        "14:5: the fault 'drop-1' changes nothing: its probability is 0");
  CHECK(in_vain(R"({ "match": {}, "do": "drop", "probability": 0.000000001 })").empty());
  CHECK(in_vain(R"({ "match": {}, "do": "delay", "by": "0s" })").ends_with("it delays by 0s"));
  CHECK(in_vain(R"({ "match": {}, "do": "delay", "by": "1ns" })").empty());
  CHECK(in_vain(R"({ "match": {}, "do": "duplicate", "by": "0s" })").empty());

  constexpr std::string_view worse =
      R"({ "at": "1s", "do": "degrade", "node": "store", "times": 1, "plus": "0s", "loss": 0 })";
  CHECK(in_vain(worse).ends_with("and is lost as seldom is no worse"));
  const std::string slow = replaced(std::string{worse}, R"("loss": 0)", R"("work_times": 2)");
  CHECK(in_vain(slow).ends_with("messages take no time where it comes"));
  CHECK(in_vain(replaced(slow, R"("times": 1)", R"("times": 2)")).empty());

  CHECK(in_vain(R"({ "at": "1s", "do": "clock", "node": "store", "jump": "0s" })")
            .ends_with("it jumps by 0s"));
  // A clock that is off is set right.
  CHECK(in_vain(R"({ "at": "1s", "do": "clock", "node": "store", "offset": "0s" })").empty());
  CHECK(in_vain(R"({ "at": "1s", "do": "disk", "mode": "slow", "node": "store", "by": "0s" })")
            .ends_with("forces take 0s longer"));
  CHECK(in_vain(R"({ "at": "1s", "do": "disk", "mode": "full", "node": "store" })").empty());
}

TEST_CASE("lint: faults that meet nobody are named", "[scenarios][lint]") {
  const auto comes_every = [](std::string_view gap) {
    return warnings_in(with_fault(R"({ "do": "crash", "node": "store", "restart_after": "1s",
                                       "every": )" +
                                  std::string{gap} + " }"));
  };
  // It is quiet after 30s.
  CHECK(comes_every(R"("29s")").empty());
  CHECK(comes_every(R"("30s")") ==
        Lines{"14:5: the fault 'crash-1' changes nothing: before it comes for the first time it is "
              "quiet"});
  CHECK(comes_every(R"({ "dist": "exponential", "mean": "50s" })").empty());
  CHECK(comes_every(R"({ "dist": "uniform", "min": "30s", "max": "50s" })").size() == 1);

  const auto of_kind = [](std::string_view kind) {
    return replaced(
        with_fault(R"({ "match": { "kind": ")" + std::string{kind} + R"(" }, "do": "drop" })"),
        protocol, R"("name": "reservation")");
  };
  CHECK(warnings_in(of_kind("assign")).empty());
  CHECK(warnings_in(of_kind("sweep")) ==
        Lines{"14:5: the fault 'drop-1' changes nothing: nobody sends 'sweep'"});
  CHECK(warnings_in(of_kind("vote")) ==
        Lines{"14:5: the fault 'drop-1' changes nothing: no cell has what it names"});
}

TEST_CASE("lint: what is in vain in some cells is where a sweep starts from", "[scenarios][lint]") {
  const auto swept = [](const std::string& text, std::string_view matrix) {
    return warnings_in(replaced(text, R"("sweep": {)",
                                R"("sweep": { "matrix": { )" + std::string{matrix} + " },"));
  };
  const std::string lossy =
      with_fault(R"({ "match": {}, "do": "drop", "probability": "${loss}" })");
  CHECK(swept(lossy, R"("loss": [0, 0.5])").empty());
  CHECK(swept(lossy, R"("loss": [0])").size() == 1);
  const std::string voted = replaced(with_fault(R"({ "match": { "kind": "vote" }, "do": "drop" })"),
                                     protocol, R"("name": "${protocol}")");
  CHECK(swept(voted, R"("protocol": ["reservation", "two-phase-commit"])").empty());
  CHECK(swept(voted, R"("protocol": ["reservation", "outbox"])").size() == 1);
  // What a fault is called may differ from cell to cell.
  const std::string called = with_fault(R"({ "do": "${what}", "node": "store", "at": "1s" })");
  CHECK(swept(called, R"("what": ["crash", "pause"])").empty());
}

TEST_CASE("lint: a queue needs something to wait for", "[scenarios][lint]") {
  const auto with_work = [](const std::string& work) {
    return warnings_in(replaced(small_scenario(), R"("stock": { "packet": 10 })",
                                R"("stock": { "packet": 20 }, "queue": 3, "work": )" + work));
  };
  CHECK(with_work(R"("1ms")").empty());
  CHECK(with_work(R"("0s")") ==
        Lines{"7:52: 'store' is done with each message at once, so nothing ever waits in its "
              "queue"});
}

TEST_CASE("lint: of what cannot be violated nothing can be expected", "[scenarios][lint]") {
  const auto expecting = [](std::string_view verdict, std::string_view protocols) {
    const std::string text =
        replaced(replaced(small_scenario(), protocol, R"("name": "${protocol}")"),
                 R"("property": "atomicity", "verdict": "holds")",
                 R"("property": "termination", "verdict": ")" + std::string{verdict} + "\"");
    return warnings_in(
        replaced(text, R"("sweep": {)",
                 R"("sweep": { "matrix": { "protocol": [)" + std::string{protocols} + "] },"));
  };
  CHECK(expecting("holds", R"("reservation")").empty());
  CHECK(expecting("holds", R"("outbox")") ==
        Lines{"18:5: outbox cannot violate 'termination', so there is nothing to expect of it"});
  CHECK(expecting("violated", R"("outbox", "reservation")") ==
        Lines{"18:5: outbox cannot violate 'termination', so there is nothing to expect of it; "
              "'where' leaves cells out"});
  CHECK(expecting("not-violated", R"("outbox", "reservation")").empty());
  CHECK(expecting("not-violated", R"("outbox")").size() == 1);
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
