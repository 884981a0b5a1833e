#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cli/knowledge.hpp"
#include "scenarios/reader.hpp"
#include "tests/support/catch.hpp"

// What changes nothing under the protocol that it is asked of: poison where services are called,
// and mistakes in what is not there.
namespace indoubt::test {
namespace {

using Lines = std::vector<std::string>;

scenarios::Scenario read(const std::string& protocol, const std::string& sweep,
                         const std::string& poison) {
  const std::string text = R"({
  "format": 1,
  "name": "inert",
  "limits": { "sim_time": "10s" },
  "nodes": {
    "orders": { "role": "coordinator" },
    "store": { "stock": { "packet": 2 }, "poison": )" +
                           poison + R"( }
  },
  "workload": { "orders": 1, "takes": { "store": { "packet": 1 } } },
  "protocol": )" + protocol +
                           R"(,
  "sweep": { "matrix": { )" +
                           sweep + R"( } }
})";
  auto result = scenarios::read_scenario_text(text, "inert.json", cli::knowledge());
  REQUIRE(std::holds_alternative<scenarios::Scenario>(result));
  return std::get<scenarios::Scenario>(std::move(result));
}

Lines warnings(const std::string& protocol, const std::string& sweep = "",
               const std::string& poison = "0") {
  Lines lines;
  for (const scenarios::Diagnostic& warning : read(protocol, sweep, poison).warnings)
    lines.push_back(std::to_string(warning.line) + ": " + warning.message);
  return lines;
}

}  // namespace

TEST_CASE("lint: poison where no message can be is a warning, with its place",
          "[scenarios][lint]") {
  const Lines told{
      "7: no message is poison at 'store': it is called, and takes no messages from a queue or a "
      "table"};
  CHECK(warnings(R"({ "name": "saga" })", "", "0.5") == told);
  CHECK(warnings(R"({ "name": "two-phase-commit" })", "", "0.5") == told);
  CHECK(warnings(R"({ "name": "saga" })").empty());
  CHECK(warnings(R"({ "name": "saga", "options": { "queues": true } })", "", "0.5").empty());
  CHECK(warnings(R"({ "name": "saga", "options": { "style": "choreographed" } })", "", "0.5")
            .empty());
  // Where a sweep has it in some cell, the others are what it is compared with.
  const std::string swept = R"({ "name": "saga", "options": { "queues": "${queues}" } })";
  CHECK(warnings(swept, R"("queues": [true, false])", "0.5").empty());
  CHECK(warnings(swept, R"("queues": [false])", "0.5") == told);
}

TEST_CASE("settings: what code has without its option needs no option", "[scenarios]") {
  const auto notes = [](const std::string& protocol) {
    return read(protocol, "", "0").cells.at(0).notes;
  };
  const auto published = [](const std::string& options) {
    return R"({ "name": "saga", "variant": "as-published", "options": { )" + options + " } }";
  };
  // As published a saga is on queues, and never choreographed.
  CHECK(notes(published(R"("attempts": 2, "consumers": 2)")).empty());
  CHECK(notes(R"({ "name": "saga", "options": { "attempts": 2 } })") ==
        Lines{"the option 'attempts' changes nothing without queues=true"});
  CHECK(notes(published(R"("max_deliveries": 2)")) ==
        Lines{"the option 'max_deliveries' changes nothing without style=choreographed"});
  CHECK(notes(published(R"("queues": true)")).empty());
  CHECK(notes(published(R"("queues": false)")) ==
        Lines{"the option 'queues' does not apply: saga as-published does not have it"});
  // A mistake brings its option along.
  const auto marker = [](const std::string& value) {
    return R"({ "name": "mq-transaction", "mutant": "X-MQ-12", "options": { "commit_record": ")" +
           value + R"(" } })";
  };
  CHECK(notes(marker("marker")).empty());
  CHECK(notes(marker("per-message")).size() == 1);
}

TEST_CASE("lint: a mistake in what no cell has is a warning, and a note where one has it",
          "[scenarios][lint]") {
  const auto planted = [](const std::string& mutant, const std::string& options) {
    return R"({ "name": "saga", "mutant": ")" + mutant + R"(", "options": { )" + options + " } }";
  };
  const std::string note = "the mistake 'X-SAGA-06' changes nothing without style=choreographed";
  CHECK(warnings(planted("X-SAGA-06", "")) == Lines{"10: " + note});
  CHECK(warnings(planted("X-SAGA-06", R"("style": "choreographed")")).empty());
  CHECK(warnings(planted("X-SAGA-08", "")) ==
        Lines{"10: the mistake 'X-SAGA-08' changes nothing without queues=true"});
  CHECK(warnings(planted("X-SAGA-08", R"("queues": true)")).empty());
  CHECK(warnings(planted("M-E14", "")).size() == 1);
  CHECK(warnings(planted("X-SAGA-14", R"("queues": true)")) ==
        Lines{"10: the mistake 'X-SAGA-14' changes nothing without another value of 'consumers' "
              "than 1"});
  CHECK(warnings(planted("X-SAGA-14", R"("queues": true, "consumers": 2)")).empty());
  // Consumers of what is called are none.
  CHECK(warnings(planted("X-SAGA-14", R"("consumers": 2)")).size() == 2);

  const std::string swept = planted("X-SAGA-06", R"("style": "${style}")");
  const std::string styles = R"("style": ["choreographed", "orchestrated"])";
  CHECK(warnings(swept, styles).empty());
  const scenarios::Scenario scenario = read(swept, styles, "0");
  CHECK(scenario.cells.at(0).notes.empty());
  CHECK(scenario.cells.at(1).notes == Lines{note});
}

TEST_CASE("lint: several consumers that no cell can have are a warning", "[scenarios][lint]") {
  const auto with = [](const std::string& options) {
    return R"({ "name": "saga", "options": { )" + options + " } }";
  };
  CHECK(warnings(with(R"("consumers": 2)")) ==
        Lines{"10: nobody has several consumers without queues=true or style=choreographed"});
  CHECK(warnings(with(R"("consumers": 2, "queues": true)")).empty());
  CHECK(warnings(with(R"("consumers": 2, "style": "choreographed")")).empty());
  CHECK(warnings(with(R"("consumers": 1)")).empty());
  const std::string swept = with(R"("consumers": 2, "queues": "${queues}")");
  CHECK(warnings(swept, R"("queues": [true, false])").empty());
  CHECK(warnings(swept, R"("queues": [false])").size() == 1);
}

TEST_CASE("lint: a queue that does not wait for one of several instances is told of",
          "[scenarios][lint]") {
  const auto waiting = [](const std::string& visibility, const std::string& consumers) {
    return R"({ "name": "saga", "options": { "queues": true, "consumers": )" + consumers +
           R"(, "visibility_timeout": ")" + visibility + R"(" } })";
  };
  CHECK(warnings(waiting("5ms", "2")).size() == 1);
  CHECK(warnings(waiting("5ms", "1")).empty());
  CHECK(warnings(waiting("500ms", "2")).empty());
}

}  // namespace indoubt::test
