#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/knowledge.hpp"
#include "scenarios/reader.hpp"
#include "tests/support/catch.hpp"

// What `validate` says of half measures that are too short. The options are those of real families,
// so that one which is renamed is missed.
namespace indoubt::test {
namespace {

std::vector<std::string> warnings_with(std::string_view family, std::string_view options,
                                       std::string_view rest = "") {
  const std::string text = R"({ "format": 1, "name": "x", "nodes": {
    "orders": { "role": "coordinator" }, "store": { "stock": { "packet": 1 } } },
    "workload": { "takes": { "store": { "packet": 1 } } }, "network": { "latency": "5ms" },
"protocol": { "name": ")" + std::string{family} +
                           R"(", "options": { )" + std::string{options} + " } }" +
                           std::string{rest} + " }";
  const auto read = scenarios::read_scenario_text(text, "x.json", cli::knowledge());
  INFO(text);
  REQUIRE(std::holds_alternative<scenarios::Scenario>(read));
  std::vector<std::string> lines;
  for (const scenarios::Diagnostic& warning : std::get<scenarios::Scenario>(read).warnings) {
    lines.push_back(scenarios::headline(warning));
  }
  return lines;
}

bool warns(std::string_view family, std::string_view options, std::string_view of) {
  const std::vector<std::string> lines = warnings_with(family, options);
  return lines.size() == 1 && lines.front().find(of) != std::string::npos;
}

}  // namespace

TEST_CASE("lint: an inbox must outlast the waits before a message is delivered again", "[lint]") {
  for (const std::string_view family :
       {"outbox", "local-message-table", "listen-to-yourself", "mq-transaction"}) {
    INFO(family);
    CHECK(warnings_with(family, R"("inbox_retention": "0s")").empty());
    CHECK(warnings_with(family, R"("inbox_retention": "2001ms")").empty());
    CHECK(warns(family, R"("inbox_retention": "2s")", "longer than retry_max (2s)"));
    CHECK(warnings_with(family, R"("inbox_retention": "2s", "retry_max": "1s")").empty());
  }
  CHECK(warnings_with("outbox", R"("inbox_retention": "1s")") ==
        std::vector<std::string>{
            "x.json:4:65: warning: inbox_retention of 1s is shorter than the longest wait before a "
            "message is delivered again, so a repetition is taken for a new message: it should be "
            "longer than retry_max (2s)"});
}

TEST_CASE("lint: an inbox must outlast a supervisor's grace, if there is one", "[lint]") {
  constexpr std::string_view kept = R"("inbox_retention": "3s", "supervisor_grace": "3s")";
  CHECK(warnings_with("outbox", kept).empty());
  CHECK(warns("outbox", std::string{kept} + R"(, "supervisor": true)", "supervisor_grace (3s)"));
}

TEST_CASE("lint: fences and tombstones must outlast what they turn away", "[lint]") {
  CHECK(warnings_with("tcc", R"("fence_retention": "3s")").empty());
  CHECK(warns("tcc", R"("fence_retention": "1s")", "longer than retry_max (2s)"));
  CHECK(warnings_with("reservation", R"("tombstone_retention": "10ms")").empty());
  CHECK(warns("reservation", R"("tombstone_retention": "9ms")", "round trip (10ms)"));
}

TEST_CASE("lint: a gap must be waited for longer than a transaction is open", "[lint]") {
  CHECK(warnings_with("outbox", R"("gap_timeout": "5s", "transaction": "4s")").empty());
  CHECK(warns("outbox", R"("gap_timeout": "5s", "transaction": "5s")", "transaction (5s)"));
  // It looks whether it has waited for long enough when it polls.
  CHECK(warnings_with("outbox", R"("gap_timeout": "1ms", "transaction": "10ms")").empty());
  CHECK(warns("outbox", R"("gap_timeout": "1ms", "poll": "5ms")", "transaction (10ms)"));
  // A relay that does not wait for gaps is told so in a note.
  CHECK(
      warnings_with("outbox", R"("relay": "log-tailing", "gap_timeout": "5s", "transaction": "8s")")
          .empty());
}

TEST_CASE("lint: a relay's lease must last until something is published under it", "[lint]") {
  // A force and a message take 6ms.
  CHECK(warnings_with("outbox", R"("relays": 2, "relay_lease": "6ms")").empty());
  CHECK(warns("outbox", R"("relays": 2, "relay_lease": "5999us")", "message take (6ms)"));
  CHECK(warnings_with("outbox", R"("relay_lease": "1ms")").empty());
}

TEST_CASE("lint: deliveries must last until a service is back", "[lint]") {
  const auto with_crash = [](std::string_view family, std::string_view options,
                             std::string_view node, std::string_view restart) {
    return warnings_with(family, options,
                         R"(, "faults": [ { "do": "crash", "at": "1ms", "node": ")" +
                             std::string{node} + "\"" + std::string{restart} + " } ]");
  };
  constexpr std::string_view back = R"(, "restart_after": "1s")";
  for (const std::string_view family : {"outbox", "listen-to-yourself", "mq-transaction"}) {
    INFO(family);
    // The waits are 200ms, 400ms and 800ms.
    CHECK(with_crash(family, R"("max_deliveries": 4)", "store", back).empty());
    CHECK(with_crash(family, R"("max_deliveries": 0)", "store", back).empty());
    CHECK(with_crash(family, R"("max_deliveries": 3)", "orders", back).empty());
    CHECK(with_crash(family, R"("max_deliveries": 3)", "store", "").empty());
    const auto lines = with_crash(family, R"("max_deliveries": 3)", "store", back);
    REQUIRE(lines.size() == 1);
    CHECK(
        lines.front().ends_with("max_deliveries of 3 is used up after 600ms, and a crash keeps a "
                                "service away for 1s: what comes for it then is parked"));
  }
}

TEST_CASE("lint: nobody sends a timer, and what cannot be violated is known", "[lint]") {
  const auto dropping = [](std::string_view kind) {
    return warnings_with(
        "two-phase-commit", "",
        R"(, "faults": [ { "do": "drop", "match": { "kind": ")" + std::string{kind} + R"(" } } ])");
  };
  CHECK(dropping("prepare").empty());
  CHECK(dropping("place_order").empty());
  CHECK(dropping("vote_timeout").at(0).ends_with("changes nothing: nobody sends 'vote_timeout'"));
  CHECK(dropping("restart").size() == 1);

  const auto expecting = [](std::string_view family) {
    return warnings_with(family, "",
                         R"(, "expect": [ { "property": "validity", "verdict": "holds" } ])");
  };
  CHECK(expecting("two-phase-commit").empty());
  CHECK(expecting("saga").at(0).ends_with(
      "saga cannot violate 'validity', so there is nothing to expect of it"));
}

TEST_CASE("lint: several consumers are waited for until they can have acknowledged", "[lint]") {
  for (const std::string_view family : {"outbox", "listen-to-yourself", "mq-transaction"}) {
    INFO(family);
    CHECK(warnings_with(family, R"("consumers": 2, "retry": "20ms")").empty());
    CHECK(warns(family, R"("consumers": 2, "retry": "19ms")", "two round trips (20ms)"));
    CHECK(
        warns(family, R"("consumers": 3, "retry": "1s", "retry_max": "19ms")", "another consumer"));
    CHECK(warnings_with(family, R"("retry": "19ms")").empty());
  }
}

}  // namespace indoubt::test
