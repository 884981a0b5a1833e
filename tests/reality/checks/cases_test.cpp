#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tests/reality/known.hpp"
#include "tests/reality/outcome.hpp"
#include "tests/reality/simulated.hpp"
#include "tests/support/catch.hpp"

/// What of the cases needs no server.
namespace indoubt::reality {
namespace {

const std::string our_folder = INDOUBT_SOURCE_DIR "/tests/reality";

std::string path_of(const std::string& name) { return our_folder + "/cases/" + name + ".json"; }

std::set<std::string> names_of(const scenarios::Scenario& scenario) {
  std::set<std::string> names;
  for (const Point& point : points_of(scenario)) names.insert(point.name);
  return names;
}

std::vector<std::string> all_cases() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator{our_folder + "/cases"}) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("reality: each point of each case is called what takes place there, and comes") {
  for (const std::string& name : all_cases()) {
    INFO(name);
    const scenarios::Scenario scenario = read_case(path_of(name));
    CHECK(scenario.name == "reality/" + name);
    for (const Point& point : points_of(scenario)) CHECK(!simulate(scenario, point).empty());
  }
}

TEST_CASE("reality: where a process dies step by step, no step of the role is left out") {
  for (const char* name :
       {"two-phase-commit", "two-phase-commit-down", "reservation", "reservation-published",
        "outbox", "outbox-published", "consumer", "message-table", "mq-transaction"}) {
    INFO(name);
    const scenarios::Scenario scenario = read_case(path_of(name));
    const std::set<std::string> names = names_of(scenario);
    for (const std::string& step : steps_of(scenario.cells.front())) {
      INFO(step);
      CHECK(names.count(step) == 1);
    }
  }
}

TEST_CASE("reality: a case whose point is called wrong is refused") {
  scenarios::Scenario scenario = read_case(path_of("reservation-published"));
  REQUIRE(scenario.cells.size() == 5);
  std::swap(scenario.cells[0].deployment, scenario.cells[1].deployment);
  CHECK_THROWS(check_names(scenario));
}

TEST_CASE("reality: what is known to differ is said of points that there are") {
  for (const KnownDifference& entry : read_known(our_folder + "/known.json")) {
    INFO(entry.subject << ", " << entry.point);
    CHECK(names_of(read_case(path_of(entry.subject))).count(entry.point) == 1);
    CHECK(!entry.why.empty());
    CHECK(!entry.versions.empty());
  }
}

TEST_CASE("reality: outcomes are told apart by all that they hold, and told in words") {
  Outcome outcome{.client = "placed", .services = {{.assigned = 2}, {.held = 1, .in_doubt = 1}}};
  CHECK(to_text(outcome) == "placed: 2 assigned, held and in doubt");
  outcome.rows = 1;
  outcome.messages = 2;
  CHECK(to_text(outcome) == "placed: 2 assigned, held and in doubt, 1 row left, 2 messages left");
  const Outcome other{.services = {{}, {}}};
  CHECK(to_text(other) == "unknown: free, free");
  CHECK(difference({outcome, other}, {other}) == Outcomes{outcome});
  CHECK(are_among({other}, {outcome, other}));
  CHECK(!are_among({outcome}, {other}));
  CHECK(to_text(Outcomes{}) == "nothing");
}

}  // namespace indoubt::reality
