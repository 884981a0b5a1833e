#include "search/shrink/shrink.hpp"

#include <algorithm>

#include "search/shrink/fault_forms.hpp"
#include "search/shrink/rounding.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

namespace indoubt::test {
namespace {

using properties::Property;
using properties::Reason;
using search::FailingCase;

NamedFault lost(NamedFault::MessagePattern match) {
  NamedFault fault;
  fault.trigger = sim::Trigger::match;
  fault.action = sim::Action::drop;
  fault.match = std::move(match);
  return fault;
}

/// A commit that is lost: the coordinator has forgotten it when it is asked.
FailingCase forgetful() {
  Deployment made = with_mutant(deployment("two-phase-commit", 3, 4), "M-B01");
  made.network.latency = {sim::Distribution::Shape::uniform, 4ms, 6ms};
  made.limits.sim_time = sim::TrueTime{100s};
  made.nodes[1].disk.group_commit = true;
  made.faults = {crash_at("s3", 20s, Keep::all, 1s), lost(messages("commit", "orders", "s2", 1))};
  made = with_faults(made, made.faults);
  return {made, 5, Property::agreement, Reason::deciders_differ};
}

}  // namespace

TEST_CASE("shrink: one lost message in the smallest scenario is left", "[shrink]") {
  const auto shrunk = search::shrink(forgetful());
  REQUIRE(shrunk.has_value());
  const Deployment& small = shrunk->failing.deployment;
  CHECK(shrunk->faults_before == 2);
  CHECK(shrunk->orders_before == 4);
  REQUIRE(small.faults.size() == 1);
  NamedFault expected = lost({.kind = "commit", .nth = 1});
  expected.id = "drop";
  CHECK(small.faults.front() == expected);
  CHECK(small.workload.orders == 1);
  CHECK(small.nodes.size() == 3);  // one that has committed, and one that is told to abort
  CHECK(small.nodes[1].stock.front().units == 1);
  CHECK(small.nodes[1].disk == sim::DiskSpec{});
  CHECK(small.network == sim::LinkQuality{});
  CHECK(small.limits == sim::Limits{});
  CHECK(shrunk->failing.seed == 1);
  CHECK(shrunk->reference_passes);
  CHECK(shrunk->reason.find("but") != std::string::npos);
}

TEST_CASE("shrink: where there is enough for all there stays enough", "[shrink]") {
  // What is delivered again is taken for another order, so there is too little for the last one.
  // With less in stock there would be too little without any fault.
  Deployment made = deployment("outbox", 1, 3, 3);
  made.protocol.options = {{"inbox_retention", sim::Duration{50ms}}};
  made.workload.arrivals = sim::Distribution::constant(1s);
  made.faults = {lost(messages("consumed", "s1", "broker", 1))};
  const auto shrunk =
      search::shrink({made, 1, Property::truthful_reply, Reason::placed_not_assigned});
  REQUIRE(shrunk.has_value());
  const Deployment& small = shrunk->failing.deployment;
  CHECK(small.faults.size() == 1);
  CHECK(small.nodes[1].stock.front().units >= small.workload.orders);
}

TEST_CASE("shrink: work that the failure does not need is left out", "[shrink]") {
  FailingCase failing = forgetful();
  for (std::size_t i = 1; i < failing.deployment.nodes.size(); ++i) {
    failing.deployment.nodes[i].work = {.time = sim::Distribution::constant(3ms), .queue = 50};
  }
  const auto shrunk = search::shrink(failing);
  REQUIRE(shrunk.has_value());
  for (const auto& node : shrunk->failing.deployment.nodes) CHECK(node.work == sim::WorkSpec{});
}

TEST_CASE("shrink: mistakes that the failure does not need are mended", "[shrink]") {
  FailingCase failing = forgetful();
  failing.deployment = with_mutants(failing.deployment, {"M-B01", "M-A02"});
  const auto shrunk = search::shrink(failing);
  REQUIRE(shrunk.has_value());
  CHECK(shrunk->failing.deployment.protocol.mistakes() == "M-B01");
  CHECK(shrunk->reference_passes);
}

TEST_CASE("shrink: what was asked can stay as it was", "[shrink]") {
  FailingCase failing = forgetful();
  failing.deployment.protocol.options = {{"vote_timeout", sim::Duration{3s}}};
  // That it comes late does as much harm as its loss, which is another kind of fault.
  failing.deployment.faults[1].action = sim::Action::delay;
  failing.deployment.faults[1].by = 90s;
  Deployment asked = failing.deployment;
  asked.protocol.options.clear();
  const auto shrunk = search::shrink(failing, {.question = &asked});
  REQUIRE(shrunk.has_value());
  const Deployment& small = shrunk->failing.deployment;
  REQUIRE(small.faults.size() == 1);
  CHECK(small.faults.front().action == sim::Action::delay);
  CHECK(small.workload.orders == 1);
  CHECK(small.nodes == failing.deployment.nodes);
  CHECK(small.network == failing.deployment.network);
  CHECK(small.protocol == asked.protocol);
  CHECK(small.limits == failing.deployment.limits);
  CHECK(search::shrink(failing)->failing.deployment.faults.front().action == sim::Action::drop);
}

TEST_CASE("shrink: what does not fail as it says cannot be shrunk", "[shrink]") {
  FailingCase failing = forgetful();
  failing.deployment.protocol.mutants.clear();
  CHECK_FALSE(search::shrink(failing).has_value());
  failing = forgetful();
  failing.why = Reason::partly_assigned;
  CHECK_FALSE(search::shrink(failing).has_value());
}

TEST_CASE("shrink: without a budget no fault too many is left all the same", "[shrink]") {
  const auto shrunk = search::shrink(forgetful(), {.most_events = 1});
  REQUIRE(shrunk.has_value());
  CHECK(shrunk->failing.deployment.faults.size() == 1);
  CHECK(shrunk->failing.deployment.workload.orders == 4);
}

TEST_CASE("shrink: a fault that the scenario has no place for is left out", "[shrink]") {
  FailingCase failing = forgetful();
  failing.deployment.faults.push_back(lost({.from = "broker"}));
  failing.deployment.faults.back().id = "elsewhere";
  const auto shrunk = search::shrink(failing);
  REQUIRE(shrunk.has_value());
  CHECK(shrunk->failing.deployment.faults.size() == 1);
}

TEST_CASE("shrink: two faults that only work together are replaced by one that does", "[shrink]") {
  // Neither of two pauses is long enough alone, and no part of them can be taken away.
  Deployment made = with_mutant(deployment("two-phase-commit", 2), "M-A06");
  NamedFault pause;
  pause.action = sim::Action::pause;
  pause.nodes = {"orders"};
  pause.at = sim::TrueTime{16ms};
  pause.lasts = 600ms;
  NamedFault second = pause;
  second.at = sim::TrueTime{606ms};
  made = with_faults(made, {pause, second});
  const auto shrunk = search::shrink({made, 1, Property::agreement, Reason::deciders_differ});
  REQUIRE(shrunk.has_value());
  CHECK(shrunk->faults_before == 2);
  CHECK(shrunk->failing.deployment.faults.size() == 1);
}

TEST_CASE("shrink: rounder durations come before less round ones, and never lead back",
          "[shrink]") {
  using search::rounder_durations;
  CHECK(rounder_durations(1s).empty());
  CHECK(rounder_durations(0s).empty());
  CHECK(rounder_durations(1'357'912ns).front() == 1ms);
  CHECK(rounder_durations(7s).front() == 10s);
  CHECK(rounder_durations(-250ms).front() == -100ms);
  for (const sim::Duration duration : {7s + 0ns, 1'357'912ns, -250ms + 0ns, 999'999'999ns}) {
    for (const sim::Duration rounder : rounder_durations(duration)) {
      CHECK((rounder < 0s) == (duration < 0s));
      const auto back = rounder_durations(rounder);
      CHECK(std::find(back.begin(), back.end(), duration) == back.end());
    }
  }
  CHECK(search::to_one_digit(8'461us) == 8ms);
  CHECK(search::to_one_digit(0s) == 0s);
}

TEST_CASE("shrink: forms of a fault are milder, shorter or rounder, and end", "[shrink]") {
  NamedFault fault = crash_at("s1", 1'234'567ns, Keep::torn, std::nullopt);
  fault.nodes.emplace_back("s2");
  fault.damage = {.rollback = 7s, .lost_sends = true, .clock_restarts = true};
  std::size_t steps = 0;
  for (auto forms = search::simpler_forms(fault); !forms.empty();
       forms = search::simpler_forms(fault)) {
    REQUIRE(++steps < 40);
    fault = forms.back();
  }
  CHECK(fault.nodes.size() == 1);
  CHECK(fault.keep == Keep::forced);
  CHECK(fault.damage == sim::Damage{});
  CHECK(fault.restart_after.has_value());
  CHECK(search::severity(sim::Action::drop) < search::severity(sim::Action::crash));
}

}  // namespace indoubt::test
