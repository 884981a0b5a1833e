// The keys of external nodes: what is read, written back, and refused.

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "protocols/kit/family.hpp"
#include "scenarios/schema.hpp"
#include "scenarios/writer.hpp"
#include "tests/scenarios/example.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::scenarios::testing {
namespace {

using Catch::Contains;
using Words = std::vector<std::string>;

/// One family whose roles are programs, and one whose are not.
Knowledge knowledge() {
  static const std::vector<kit::Family> families = [] {
    kit::FamilyInfo external;
    external.name = "external";
    external.kinds = {"start", "place_order"};
    external.runs_programs = true;
    kit::FamilyInfo other;
    other.name = "two-phase-commit";
    other.kinds = {"start", "place_order", "vote"};
    return std::vector<kit::Family>{{.info = external, .variants = {}, .mutants = {}},
                                    {.info = other, .variants = {}, .mutants = {}}};
  }();
  Knowledge known = example_knowledge();
  known.families = families;
  return known;
}

std::string scenario_with(const std::string& protocol, const std::string& more = {}) {
  return R"({ "format": 1, "name": "programs",
    "nodes": { "orders": { "role": "coordinator" }, "store": { "stock": { "packet": 2 } } },
    "workload": { "takes": { "store": { "packet": 1 } } },
    "protocol": )" +
         protocol + more + " }";
}

Scenario valid(const std::string& text, const std::string& file = "programs.json") {
  const ReadResult result = read_scenario_text(text, file, knowledge());
  if (const auto* errors = std::get_if<std::vector<Diagnostic>>(&result)) FAIL(format(*errors));
  return std::get<Scenario>(result);
}

std::string errors(const std::string& text) {
  const ReadResult result = read_scenario_text(text, "programs.json", knowledge());
  const auto* found = std::get_if<std::vector<Diagnostic>>(&result);
  return found == nullptr ? "none" : format(*found);
}

const std::string whole = R"({ "name": "external", "external": ["python3", "node.py", "-v"],
    "external_services": ["./service"], "external_messages": ["hold", "held"],
    "external_timers": ["again"] })";

const kit::ExternalPrograms& programs_of(const Scenario& scenario) {
  return scenario.cells.front().deployment.protocol.external;
}

}  // namespace

TEST_CASE("external: programs and what they say are read, and written back", "[scenarios]") {
  const Scenario scenario = valid(scenario_with(whole));
  const kit::ExternalPrograms& programs = programs_of(scenario);
  CHECK(programs.command == Words{"python3", "node.py", "-v"});
  CHECK(programs.for_services() == Words{"./service"});
  CHECK(programs.messages == Words{"hold", "held"});
  CHECK(programs.timers == Words{"again"});
  const Scenario again = valid(write_scenario(scenario));
  CHECK(again.cells.front().deployment == scenario.cells.front().deployment);
}

TEST_CASE("external: without a program of their own services run the coordinator's",
          "[scenarios]") {
  const Scenario scenario = valid(scenario_with(R"({ "name": "external", "external": ["node"] })"));
  CHECK(programs_of(scenario).for_services() == Words{"node"});
}

TEST_CASE("external: files beside the scenario are named in full, and nothing else",
          "[scenarios]") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / "indoubt-external-test";
  fs::create_directories(folder);
  for (const char* name : {"node.py", "python3", "service"}) std::ofstream{folder / name} << "\n";
  const Scenario scenario = valid(scenario_with(whole), (folder / "programs.json").string());
  fs::remove_all(folder);
  // What a bare first word means PATH says, whatever lies there.
  CHECK(programs_of(scenario).command == Words{"python3", (folder / "node.py").string(), "-v"});
  CHECK(programs_of(scenario).for_services() == Words{(folder / "service").string()});
}

TEST_CASE("external: faults name the messages and timers of the programs", "[scenarios]") {
  const auto dropping = [](const std::string& kind) {
    return scenario_with(whole, R"(, "faults": [{ "id": "f", "do": "drop", "match": { "kind": ")" +
                                    kind + "\" } }]");
  };
  const Scenario scenario = valid(dropping("held"));
  REQUIRE(scenario.cells.front().deployment.faults.size() == 1);
  CHECK(scenario.cells.front().deployment.faults.front().match.kind == "held");
  CHECK(scenario.cells.front().notes.empty());
  CHECK_THAT(errors(dropping("hled")), Contains("did you mean 'held'?"));
}

TEST_CASE("external: what is missing or out of place is told with its place", "[scenarios]") {
  const auto told = [](const std::string& protocol) { return errors(scenario_with(protocol)); };
  CHECK_THAT(told(R"({ "name": "external" })"), Contains("4:17: error") && Contains("a program"));
  CHECK_THAT(told(R"({ "name": "external", "external": "node" })"),
             Contains("expected a list of words") && !Contains("needs a program"));
  CHECK_THAT(told(R"({ "name": "external", "external": [] })"), Contains("error"));
  CHECK_THAT(told(R"({ "name": "external", "external": ["node", ""] })"), Contains("error"));
  CHECK_THAT(told(R"({ "name": "external", "external": ["a"], "external_messages": ["b", "b"] })"),
             Contains("'b' is the name of another message or timer"));
  CHECK_THAT(
      told(R"({ "name": "external", "external": ["a"], "external_timers": ["place_order"] })"),
      Contains("'place_order' is the name of another message or timer"));
  CHECK_THAT(told(R"({ "name": "two-phase-commit", "external": ["a"] })"),
             Contains("two-phase-commit is no external program"));
  std::string many;
  for (int i = 0; i < 9; ++i) many += (i == 0 ? "\"t" : ", \"t") + std::to_string(i) + "\"";
  CHECK_THAT(
      told(R"({ "name": "external", "external": ["a"], "external_timers": [)" + many + "] }"),
      Contains("at most 8"));
}

TEST_CASE("external: the schema lets messages have any name where programs may run",
          "[scenarios][schema]") {
  CHECK_THAT(json_schema(knowledge()), Contains("external_services"));
  const auto kind_of = [](const Knowledge& known) {
    const std::string schema = json_schema(known);
    return schema.substr(schema.find("\"kind\": {"), 60);
  };
  CHECK_THAT(kind_of(knowledge()), Contains("anyOf"));
  CHECK_THAT(kind_of(example_knowledge()), !Contains("anyOf"));
}

}  // namespace indoubt::scenarios::testing
