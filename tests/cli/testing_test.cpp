#include "indoubt/testing.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "protocols/registry.hpp"
#include "tests/support/catch.hpp"

// Searches as assertions: what holds, what is found, and what of it is told.
namespace indoubt::test {
namespace {

using testing::Result;
using testing::Settings;
using testing::up_to;

std::string scenario(const std::string& protocol, const std::string& expected = "holds") {
  return R"({
    "format": 1, "name": "tested", "description": "One order.",
    "nodes": {
      "orders": { "role": "coordinator" },
      "store": { "stock": { "packet": 2 } }
    },
    "workload": { "takes": { "store": { "packet": 1 } } },
    "protocol": )" +
         protocol + R"(,
    "expect": [{ "property": "no-failure", "verdict": ")" +
         expected + R"(" }]
  })";
}

const kit::Family& family() { return *protocols::find_family("two-phase-commit"); }

const std::string correct = R"({ "name": "two-phase-commit" })";
const std::string mistaken = R"({ "name": "two-phase-commit", "mutant": "X-2PC-17" })";

Settings settings(const std::string& folder = {}) {
  Settings made;
  made.kinds = "drop,duplicate";
  made.folder = folder;
  made.program = "own/program";
  return made;
}

}  // namespace

TEST_CASE("testing: what is correct holds", "[testing]") {
  const Result result = testing::for_all_faults(family(), scenario(correct), up_to(2), settings());
  INFO(result.text());
  CHECK(result.holds());
  CHECK(result.tried > 100);
  CHECK(result.text().substr(0, 29) == "every set of up to 2 faults: ");
}

TEST_CASE("testing: a role that fails is found, told and saved", "[testing]") {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "indoubt-testing";
  std::filesystem::remove_all(folder);
  const Result result =
      testing::for_all_faults(family(), scenario(mistaken), up_to(1), settings(folder.string()));
  CHECK_FALSE(result.holds());
  REQUIRE(result.counterexamples.size() == 1);
  const Result::Counterexample& found = result.counterexamples.front();
  CHECK(found.property == "no-failure");
  CHECK(found.reason.find("it is not so that a branch that is told to commit is prepared") !=
        std::string::npos);
  CHECK(found.story.find("fails, and stays down") != std::string::npos);
  CHECK(found.command == "program run " + found.file);
  std::ifstream file{found.file};
  CHECK(std::string{std::istreambuf_iterator<char>{file}, {}} == found.scenario);
  for (const std::string& part : {found.reason, found.story, found.command, found.scenario})
    CHECK(result.text().find(part) != std::string::npos);
  std::filesystem::remove_all(folder);
}

TEST_CASE("testing: runs that go on for ever are said to be followed for a while only",
          "[testing]") {
  const auto tried = [](const std::string& mode) {
    const std::string protocol =
        R"({ "name": "mq-transaction", "options": { "mode": ")" + mode + R"(" } })";
    Settings crashes;
    crashes.kinds = "crash";
    return testing::for_all_orders(*protocols::find_family("mq-transaction"), scenario(protocol),
                                   up_to(1), crashes);
  };
  CHECK_FALSE(tried("broker").is_bounded);
  // Checks are counted, up to fifteen.
  CHECK(tried("half-message").is_bounded);
  CHECK(tried("half-message")
            .text()
            .find("some runs go on, and were followed for 12 instants after their last fault") !=
        std::string::npos);
}

TEST_CASE("testing: what the scenario expects to be violated is no finding", "[testing]") {
  const Result result =
      testing::for_all_faults(family(), scenario(mistaken, "violated"), up_to(1), settings());
  for (const Result::Counterexample& found : result.counterexamples)
    CHECK(found.property != "no-failure");
}

TEST_CASE("testing: all orders of events", "[testing]") {
  CHECK(testing::for_all_orders(family(), scenario(correct), up_to(1), settings()).holds());
  const Result result = testing::for_all_orders(family(), scenario(mistaken), up_to(1), settings());
  INFO(result.text());
  REQUIRE(result.counterexamples.size() == 1);
  CHECK(result.counterexamples.front().property == "no-failure");
  CHECK(result.counterexamples.front().command == "program run FILE");
}

TEST_CASE("testing: a scenario of another protocol runs the family", "[testing]") {
  const Result result = testing::for_all_faults(*protocols::find_family("saga"), scenario(correct),
                                                up_to(1), settings());
  CHECK(result.holds());
}

TEST_CASE("testing: a scenario that is none is an exception that says all of it", "[testing]") {
  const auto search = [](const std::string& text) {
    return testing::for_all_faults(family(), text, up_to(1), settings());
  };
  CHECK_THROWS_AS(search("{"), std::invalid_argument);
  CHECK_THROWS_AS(search(scenario(R"({ "name": "two-phase-comit" })")), std::invalid_argument);
}

}  // namespace indoubt::test
