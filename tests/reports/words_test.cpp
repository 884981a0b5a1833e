#include "reports/words.hpp"

#include "reports/fault_text.hpp"
#include "tests/reports/results.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::reports {
namespace {

using namespace std::chrono_literals;
using namespace testing;

TEST_CASE("words: numbers are grouped and counted", "[reports]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(count_of(1, "run") == "1 run");
  CHECK(count_of(2000, "run") == "2,000 runs");
  CHECK(share(7, 2) == "3.5");
  CHECK(share(2, 3) == "0.7");
  CHECK(share(2, 0) == "-");
}

TEST_CASE("words: durations have three digits and a unit that suits them", "[reports]") {
  CHECK(rounded(0s) == "0s");
  CHECK(rounded(5ns) == "5ns");
  CHECK(rounded(1500us) == "1.5ms");
  CHECK(rounded(83'812us) == "83.8ms");
  CHECK(rounded(207'999us) == "207ms");
  CHECK(rounded(5s) == "5s");
  CHECK(rounded(89'920ms) == "89.9s");
  CHECK(rounded(3600s) == "3600s");
}

TEST_CASE("words: a command names a cell as shortly as it can", "[reports]") {
  ScenarioResult one = scenario_with({"saga"});
  CHECK(trace_command(one, one.cells[0], 42) == "indoubt trace store-crash.json --seed 42");
  ScenarioResult two = scenario_with({"saga", "tcc"});
  CHECK(trace_command(two, two.cells[1], 7) ==
        "indoubt trace store-crash.json --seed 7 --protocol tcc");
  ScenarioResult same = scenario_with({"saga", "saga"});
  same.overrides = " --mutant M-A02";
  CHECK(trace_command(same, same.cells[1], 7) ==
        "indoubt trace store-crash.json --seed 7 --mutant M-A02 --cell 2");
}

TEST_CASE("words: file names are quoted where a shell would take them apart", "[reports]") {
  CHECK(quoted_for_shell("a/b-c_1.json") == "a/b-c_1.json");
  CHECK(quoted_for_shell("a b.json") == "'a b.json'");
  CHECK(quoted_for_shell("it's") == "'it'\\''s'");
  CHECK(quoted_for_shell("") == "''");
}

TEST_CASE("words: expectations read like the scenario", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  Expectation& metric = expect(result, Expectation::Kind::metric, "commit_latency.p99", {0});
  metric.unit = sim::Unit::nanoseconds;
  metric.max = 450'000'000;
  CHECK(expectation_words(metric) == "commit_latency.p99 at most 450ms");
  metric.min = 1'000'000;
  CHECK(expectation_words(metric) == "commit_latency.p99 at least 1ms and at most 450ms");
  Expectation& mean = expect(result, Expectation::Kind::metric, "messages", {0});
  mean.max = 40;
  mean.is_per_run = true;
  CHECK(expectation_words(mean) == "messages at most 40 per run");
  CHECK(expectation_words(expect(result, Expectation::Kind::sometimes, "expired", {0})) ==
        "sometimes expired");
  CHECK(expectation_words(expect(result, Expectation::Kind::property, "atomicity", {0})) ==
        "atomicity holds");
}

TEST_CASE("words: faults say when and what", "[reports]") {
  sim::NamedFault crash;
  crash.trigger = sim::Trigger::when;
  crash.when.fact = sim::FactKind::held;
  crash.when.at = "store";
  crash.when.nth = 5;
  crash.nodes = {"store"};
  crash.restart_after = 1500ms;
  CHECK(fault_text(crash) == "store crashes, restarts after 1.5s, at the 5th 'held' at store");

  crash.damage = {.wipe = true, .lost_sends = true};
  CHECK(deed_text(crash) ==
        "store crashes, loses its disk, loses the last that it sent on each link, restarts after "
        "1.5s");
  crash.damage = {.rollback = 10s};
  CHECK(deed_text(crash) == "store crashes, gets the disk of 10s before, restarts after 1.5s");
  crash.damage = {.rot = true, .clock_restarts = true};
  CHECK(deed_text(crash) ==
        "store crashes, finds one forced record damaged, forgets the time, restarts after 1.5s");
  sim::NamedFault disk;
  disk.action = sim::Action::disk;
  disk.nodes = {"store"};
  disk.disk = sim::DiskFault::lying;
  disk.lasts = 1s;
  CHECK(deed_text(disk) == "the disk of store says it has forced what is not durable for 1s");

  sim::NamedFault drop;
  drop.trigger = sim::Trigger::match;
  drop.action = sim::Action::drop;
  drop.match.from = "store";
  drop.match.kind = "vote";
  drop.match.nth = 22;
  CHECK(fault_text(drop) == "the 22nd vote from store: dropped");

  sim::NamedFault cut;
  cut.at = sim::TrueTime{2s};
  cut.action = sim::Action::partition;
  cut.groups = {{"orders", "store"}, {"courier"}};
  cut.one_way = true;
  cut.lasts = 3s;
  CHECK(fault_text(cut) == "no message passes from orders and store to courier for 3s, at 2.000s");
}

}  // namespace
}  // namespace indoubt::reports
