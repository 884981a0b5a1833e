#include "scenarios/writer.hpp"
#include "tests/scenarios/example.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::scenarios::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view fault = R"({ "at": "1s", "do": "crash", "node": "store" })";

sim::NamedFault read_fault(std::string_view text) {
  const Scenario scenario = read_valid(replaced(small_scenario(), fault, text));
  REQUIRE(scenario.cells.at(0).deployment.faults.size() == 1);
  return scenario.cells[0].deployment.faults[0];
}

}  // namespace

TEST_CASE("scenario: what is not stated has its default", "[scenarios]") {
  const Scenario scenario = read_valid(R"({ "format": 1,
    "nodes": { "a": { "role": "coordinator" }, "b": { "stock": { "x": 1 } } },
    "workload": { "takes": { "b": { "x": 1 } } }, "protocol": { "name": "outbox" } })");
  CHECK(scenario.name == "small");
  CHECK(scenario.first_seed == 1);
  CHECK(scenario.seed_count == 1);
  const kit::Deployment& deployment = scenario.cells.at(0).deployment;
  CHECK(deployment.limits == sim::Limits{});
  CHECK(deployment.network == sim::LinkQuality{});
  CHECK(deployment.nodes[1].disk == sim::DiskSpec{});
  CHECK(deployment.workload.orders == 1);
  CHECK(deployment.workload.give_up_after == sim::Duration{10s});
  CHECK_FALSE(deployment.workload.arrivals.has_value());
}

TEST_CASE("scenario: a node works on messages, and so many wait for that", "[scenarios]") {
  const auto work_of = [](std::string_view stock) {
    const Scenario scenario =
        read_valid(replaced(small_scenario(), R"("stock": { "packet": 10 })", stock));
    return scenario.cells.at(0).deployment.nodes[1].work;
  };
  CHECK(work_of(R"("stock": { "packet": 10 })") == sim::WorkSpec{});
  CHECK(work_of(R"("stock": { "packet": 10 }, "work": "2ms", "queue": 1000000)") ==
        sim::WorkSpec{sim::Distribution::constant(2ms), 1'000'000});
  CHECK(work_of(R"("stock": { "packet": 10 }, "work": { "dist": "exponential", "mean": "2ms" })") ==
        sim::WorkSpec{{sim::Distribution::Shape::exponential, 2ms, {}}, 0});
  // Where messages take no time, none waits: a sweep may say so.
  CHECK(work_of(R"("stock": { "packet": 10 }, "work": "0s", "queue": 8)") == sim::WorkSpec{});
}

TEST_CASE("scenario: a node may work more slowly for a while", "[scenarios]") {
  const sim::NamedFault slow =
      read_fault(R"({ "at": "1s", "do": "degrade", "node": "store", "work_times": 1000 })");
  CHECK(slow.worse == sim::Degradation{.work_times = 1000});
}

TEST_CASE("scenario: rates are bounded by numbers in a second", "[scenarios]") {
  const Scenario scenario =
      read_valid(replaced(small_scenario(), R"({ "property": "atomicity", "verdict": "holds" })",
                          R"({ "metric": "goodput", "min": "12.5/s", "max": "1000000000/s" })"));
  const Expectation& goodput = scenario.expectations.at(0);
  CHECK(goodput.min == 12'500);
  CHECK(goodput.max == 1'000'000'000'000);
  const std::string written = write_scenario(scenario);
  CHECK(written.find(R"("min": "12.5/s", "max": "1000000000/s")") != std::string::npos);
}

TEST_CASE("scenario: quiet_after is half of sim_time by default", "[scenarios]") {
  const Scenario scenario = read_valid(replaced(small_scenario(), "\"60s\"", "\"9s\""));
  CHECK(scenario.cells.at(0).deployment.limits.quiet_after == sim::TrueTime{4500ms});
}

TEST_CASE("scenario: a link is what the network is but for what it states", "[scenarios]") {
  const Scenario scenario = read_valid(replaced(small_scenario(), R"("latency": "5ms")",
                                                R"("latency": "7ms", "loss": 0.5, "corrupt": 0.25,
         "links": [ { "from": "client", "to": "orders", "loss": 0 } ])"));
  const sim::LinkQuality& link = scenario.cells.at(0).deployment.links.at(0).quality;
  CHECK(link.loss.is_zero());
  CHECK(link.corrupt.parts_per_billion == 250'000'000);
  CHECK(link.latency.first == 7ms);
}

TEST_CASE("scenario: fault ids default to the action and the place in the list", "[scenarios]") {
  CHECK(read_fault(fault).id == "crash-1");
  const std::string both = std::string{fault} + ", " + std::string{fault};
  const Scenario scenario = read_valid(replaced(small_scenario(), fault, both));
  CHECK(scenario.cells.at(0).deployment.faults.at(1).id == "crash-2");
  CHECK(errors_in(replaced(small_scenario(), fault,
                           std::string{fault} + R"(, { "id": "crash-1", "at": "1s", "do": "pause",
                             "node": "store" })"))
            .size() == 1);
}

TEST_CASE("scenario: each kind of fault reads with its keys", "[scenarios]") {
  CHECK(read_fault(R"({ "at": "0s", "do": "pause", "node": ["store", "orders"], "for": "1s" })")
            .nodes == std::vector<std::string>{"store", "orders"});
  CHECK(read_fault(R"({ "match": { "from": "client" }, "do": "delay", "by": "3s" })").by == 3s);
  CHECK(read_fault(R"({ "match": {}, "do": "duplicate", "by": "1s" })").by == 1s);
  CHECK_FALSE(read_fault(R"({ "match": {}, "do": "corrupt" })").match.nth.has_value());
  CHECK(read_fault(R"({ "at": "1s", "do": "disk", "node": "store", "mode": "slow" })").by == 50ms);
  CHECK(read_fault(R"({ "at": "1s", "do": "disk", "node": "store", "mode": "error",
                        "restart_after": "2s" })")
            .restart_after == sim::Duration{2s});
  CHECK(read_fault(R"({ "match": { "kind": "vote" }, "do": "crash", "node": "store" })").trigger ==
        sim::Trigger::match);
  CHECK(read_fault(R"({ "effect": 7, "do": "crash", "node": "store", "keep": "torn" })").keep ==
        sim::Keep::torn);
  CHECK(read_fault(R"({ "effect": 7, "do": "partition", "node": "store",
                        "groups": [["store"], ["client", "orders"]] })")
            .place.effect == 7);
  CHECK(read_fault(R"({ "at": "1s", "do": "clock", "node": "store", "jump": "-1.5s" })").jump ==
        sim::Duration{-1500ms});
  CHECK(read_fault(R"({ "when": { "fact": "placed", "at": "client", "order": 3 }, "do": "crash",
                        "node": "store" })")
            .when.order == 3u);
}

TEST_CASE("scenario: a mutant goes by its mistake, too, and empty means none", "[scenarios]") {
  const auto mutant = [](std::string_view name) {
    return read_valid(replaced(small_scenario(), R"("two-phase-commit")",
                               R"("two-phase-commit", "variant": "", "mutant": ")" +
                                   std::string{name} + "\""))
        .cells.at(0)
        .deployment.protocol.mistakes();
  };
  CHECK(mutant("M-A02") == "M-A02");
  CHECK(mutant("vote_without_prepared") == "M-A02");
  CHECK(mutant("").empty());
}

TEST_CASE("scenario: several mutants are a list, whose order does not matter", "[scenarios]") {
  const auto mutants = [](const std::string& list) {
    return read_valid(replaced(small_scenario(), R"("two-phase-commit")",
                               R"("reservation", "mutant": )" + list))
        .cells.at(0)
        .deployment.protocol.mutants;
  };
  const std::vector<std::string> both{"M-F02", "M-F08"};
  CHECK(mutants(R"(["M-F02", "M-F08"])") == both);
  CHECK(mutants(R"(["M-F08", "M-F02"])") == both);
  CHECK(mutants(R"(["late_dup_reserve", "M-F02"])") == both);
  CHECK(mutants(R"(["M-F08"])") == std::vector<std::string>{"M-F08"});
}

TEST_CASE("scenario: a variable may stand for several mutants", "[scenarios][sweep]") {
  std::string text = replaced(small_scenario(), R"("two-phase-commit")",
                              R"("reservation", "mutant": "${mutant}")");
  text = replaced(text, R"("sweep": {)",
                  R"("sweep": { "matrix": { "mutant": ["", "M-F02", ["M-F02", "M-F08"],
                                                       ["M-F08", "M-F02"]] }, )");
  const Scenario scenario = read_valid(text);
  REQUIRE(scenario.cells.size() == 3);  // the last two are the same
  CHECK(scenario.cells[0].deployment.protocol.mistakes().empty());
  CHECK(scenario.cells[1].deployment.protocol.mistakes() == "M-F02");
  CHECK(scenario.cells[2].deployment.protocol.mistakes() == "M-F02,M-F08");
}

TEST_CASE("scenario: an option that a planted mistake is built without is noted", "[scenarios]") {
  const auto cell = [](std::string_view mutant) {
    const std::string protocol = R"("reservation", "mutant": ")" + std::string{mutant} +
                                 R"(", "options": { "sweep": "1s" })";
    return read_valid(replaced(small_scenario(), R"("two-phase-commit")", protocol)).cells.at(0);
  };
  CHECK(cell("M-F02").deployment.protocol.options.empty());
  CHECK(cell("M-F02").notes ==
        std::vector<std::string>{"the option 'sweep' does not apply: reservation with the mistake "
                                 "M-F02 does not have it"});
  CHECK(cell("M-F01").deployment.protocol.options.size() == 1);
  CHECK(cell("M-F01").notes.empty());
}

TEST_CASE("scenario: an option of other variants does not apply, and is noted", "[scenarios]") {
  const auto cell = [](std::string_view variant) {
    const std::string protocol = R"("reservation", "variant": ")" + std::string{variant} +
                                 R"(", "options": { "sweep": "1s" })";
    return read_valid(replaced(small_scenario(), R"("two-phase-commit")", protocol)).cells.at(0);
  };
  CHECK(cell("as-published").deployment.protocol.options.empty());
  CHECK(cell("as-published").notes ==
        std::vector<std::string>{
            "the option 'sweep' does not apply: reservation as-published does not have it"});
  for (const std::string_view variant : {"", "hardened"}) {
    CHECK(cell(variant).deployment.protocol.options.size() == 1);
    CHECK(cell(variant).notes.empty());
  }
}

TEST_CASE("scenario: an ignored option needs to make sense to some family", "[scenarios]") {
  const auto with_presume = [](std::string_view value) {
    return replaced(
        small_scenario(), R"("name": "two-phase-commit")",
        R"("name": "reservation", "options": { "presume": ")" + std::string{value} + "\" }");
  };
  CHECK(read_valid(with_presume("commit")).cells.at(0).deployment.protocol.options.empty());
  CHECK(read_valid(with_presume("never")).cells.at(0).notes.size() == 1);
  CHECK(errors_in(with_presume("comit")) ==
        std::vector<std::string>{"12:64: unknown presume 'comit'; did you mean 'commit'?"});
}

TEST_CASE("scenario: nodes that the cell's family lacks leave its faults", "[scenarios]") {
  const auto cell = [](std::string_view text) {
    return read_valid(replaced(small_scenario(), fault, text)).cells.at(0);
  };
  const Cell gone = cell(R"({ "at": "1s", "do": "crash", "node": "broker" })");
  CHECK(gone.deployment.faults.empty());
  CHECK(gone.notes == std::vector<std::string>{"the fault 'crash-1' does not apply: "
                                               "two-phase-commit has no node 'broker'"});
  const Cell part = cell(R"({ "at": "1s", "do": "crash", "node": ["broker", "store"] })");
  CHECK(part.deployment.faults.at(0).nodes == std::vector<std::string>{"store"});
  CHECK(part.notes == std::vector<std::string>{"the fault 'crash-1' does not apply to 'broker': "
                                               "two-phase-commit has no node 'broker'"});
  const Cell cut =
      cell(R"({ "at": "1s", "do": "partition", "groups": [["broker"], ["store"], ["orders"]] })");
  CHECK(cut.deployment.faults.at(0).groups.size() == 2);
  CHECK(cell(R"({ "at": "1s", "do": "partition", "one_way": true,
                  "groups": [["broker"], ["store"], ["orders"]] })")
            .deployment.faults.empty());
  CHECK(cell(R"({ "at": "1s", "do": "crash", "node": "acceptor-12" })").deployment.faults.empty());
}

TEST_CASE("scenario: a link to a node that the family lacks is noted", "[scenarios]") {
  const Cell cell = read_valid(replaced(small_scenario(), R"("latency": "5ms")",
                                        R"("links": [ { "from": "orders", "to": "broker" } ])"))
                        .cells.at(0);
  CHECK(cell.deployment.links.empty());
  CHECK(cell.notes == std::vector<std::string>{"the link orders -> broker does not apply: "
                                               "two-phase-commit has no node 'broker'"});
}

}  // namespace indoubt::scenarios::testing
