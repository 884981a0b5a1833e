#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "protocols/registry.hpp"
#include "reports/trace/narrow.hpp"
#include "reports/trace/story_words.hpp"
#include "tests/reports/traced.hpp"
#include "tests/support/catch.hpp"

// A run as data: what it says must be what happened, whatever runs and whatever goes wrong.
namespace indoubt::reports {
namespace {

using namespace indoubt::reports::testing;
using namespace std::chrono_literals;
using sim::Action;
using test::crash_at;
using test::crash_before;
using test::deployment;
using test::handling;
using test::messages;
using test::on_messages;
using test::with_faults;

/// Loss, copies, a crash with restart and a pause: something of everything.
kit::Deployment troubled(std::string protocol) {
  kit::Deployment made = deployment(std::move(protocol), 2, 4);
  made.network.loss = {30'000'000};
  made.network.duplicate = {80'000'000};
  sim::NamedFault pause = crash_at("s2", 30ms, sim::Keep::forced, {});
  pause.id = "pause";
  pause.action = Action::pause;
  pause.lasts = 300ms;
  sim::NamedFault crash = crash_at("s1", 12ms, sim::Keep::forced, 200ms);
  crash.id = "crash";
  made.faults = {crash, pause};
  return made;
}

std::vector<std::string> all_protocols() {
  std::vector<std::string> names;
  for (const kit::Family& family : protocols::families()) names.emplace_back(family.info.name);
  return names;
}

void check_sequence(const RunTrace& trace) {
  std::size_t told = 0;
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    CHECK(trace.sequence[trace.steps[i].id].index == i);
    told += 1 + trace.steps[i].effects.size();
    for (std::size_t part = 0; part < trace.steps[i].effects.size(); ++part) {
      const TracePlace& place = trace.sequence[trace.steps[i].effects[part].id];
      CHECK(place.type == TracePlace::Type::effect);
      CHECK(place.index == i);
      CHECK(place.part == part);
    }
  }
  CHECK(told <= trace.sequence.size());
  const auto before = [](const TraceStep& one, const TraceStep& other) {
    return one.at < other.at;
  };
  CHECK(std::is_sorted(trace.steps.begin(), trace.steps.end(), before));
}

void check_messages(const RunTrace& trace) {
  std::size_t handled = 0;
  for (std::size_t i = 0; i < trace.messages.size(); ++i) {
    const TraceMessage& message = trace.messages[i];
    REQUIRE(message.sent_by != none);
    CHECK(trace.steps[message.sent_by].node == message.from);
    CHECK(trace.steps[message.sent_by].at == message.sent);
    CHECK((message.arrives == sim::never) == is_gone_on_the_way(message.end));
    CHECK((message.handled_by != none) == (message.end == MessageEnd::handled));
    if (message.handled_by == none) continue;
    ++handled;
    const TraceStep& step = trace.steps[message.handled_by];
    CHECK(step.message == i);
    CHECK(step.node == message.to);
    CHECK(step.kind == message.kind);
    CHECK(step.order == message.order);
    CHECK(step.cause == message.sent_by);
    CHECK(message.arrives <= step.at);
  }
  const auto is_message = [](const TraceStep& step) { return step.type == StepType::message; };
  CHECK(handled == static_cast<std::size_t>(
                       std::count_if(trace.steps.begin(), trace.steps.end(), is_message)));
}

void check_causes(const RunTrace& trace) {
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    const TraceStep& step = trace.steps[i];
    if (step.cause != none) CHECK(step.cause < i);
    const bool must_have_one = step.type == StepType::message || step.type == StepType::disk ||
                               step.type == StepType::restart || step.type == StepType::resume;
    if (must_have_one) CHECK(step.cause != none);
    if (step.type == StepType::disk) CHECK(trace.forces[step.force].ends == step.at);
    for (const TraceEffect& effect : step.effects) {
      CHECK(effect.asked_by <= i);
      if (effect.fired != none) CHECK(trace.steps[effect.fired].kind == effect.name);
    }
  }
}

/// A unit is one order's at a time, and a node is down once at a time.
void check_spans(const RunTrace& trace) {
  std::map<std::tuple<Index, bool, std::string, std::uint32_t>, sim::TrueTime> free_from;
  for (const TraceSpan& span : trace.spans) {
    CHECK(span.begins <= span.ends);
    const bool is_unit = !span.unit.empty() && span.type != TraceSpan::Type::locked;
    const bool is_of_node = span.type == TraceSpan::Type::down;
    if (!is_unit && !is_of_node) continue;
    auto& free = free_from[{span.node, is_unit, span.unit, 0}];
    CHECK(free <= span.begins);
    free = span.ends;
  }
}

}  // namespace

TEST_CASE("trace: each message, cause, force and span of a troubled run fits the others",
          "[reports]") {
  for (const std::string& protocol : all_protocols()) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      INFO(protocol << ", seed " << seed);
      const RunTrace trace = traced(troubled(protocol), seed);
      CHECK(trace.steps.size() > 20);
      check_sequence(trace);
      check_messages(trace);
      check_causes(trace);
      check_spans(trace);
      const RunTrace one = narrowed(traced(troubled(protocol), seed, {2}));
      CHECK(one.steps.size() < trace.steps.size());
      check_sequence(one);
      for (const TraceMessage& message : one.messages) CHECK(message.sent_by != none);
    }
  }
}

TEST_CASE("trace: to write a run down changes nothing about it", "[reports]") {
  const kit::Deployment made = troubled("two-phase-commit");
  const search::Simulation simulation = search::make_simulation(made);
  sim::World world{simulation.plan};
  world.reset(3, simulation.plan->faults());
  while (world.run(1000)) world.clear_history();
  CHECK(traced(made, 3).digest == world.digest());
}

TEST_CASE("trace: of two equal messages the one that arrives first is handled first", "[reports]") {
  kit::Deployment made =
      with_faults(deployment("two-phase-commit"),
                  {on_messages(Action::duplicate, messages("prepare", "orders", "s1"), 50ms)});
  const RunTrace trace = traced(made);
  const TraceMessage& sent = message(trace, "prepare");
  const auto copy = std::find_if(trace.messages.begin(), trace.messages.end(),
                                 [](const TraceMessage& one) { return one.copy_of != none; });
  REQUIRE(copy != trace.messages.end());
  CHECK(&trace.messages[copy->copy_of] == &sent);
  CHECK(copy->arrives == sent.arrives + 50ms);
  CHECK(trace.steps[sent.handled_by].at < trace.steps[copy->handled_by].at);
  CHECK(sent.faults == std::vector<Index>{0});
}

namespace {

/// The first prepare and two copies of it, in the order in which they come to a node that works on
/// each message for 20ms.
std::array<TraceMessage, 3> three_prepares(sim::WorkSpec work) {
  kit::Deployment made = deployment("two-phase-commit");
  made.nodes[1].work = work;
  sim::NamedFault twice = on_messages(Action::duplicate, messages("prepare", "orders", "s1"), 2ms);
  sim::NamedFault again = on_messages(Action::duplicate, messages("prepare", "orders", "s1"), 3ms);
  twice.id = "twice";
  again.id = "again";
  const RunTrace trace = traced(with_faults(made, {twice, again}));
  std::vector<TraceMessage> prepares;
  for (const TraceMessage& one : trace.messages) {
    const bool is_meant = one.kind == "prepare" && trace.nodes[one.to].name == "s1";
    if (is_meant && prepares.size() < 3) prepares.push_back(one);
  }
  REQUIRE(prepares.size() == 3);
  std::sort(prepares.begin(), prepares.end(),
            [](const auto& one, const auto& other) { return one.arrives < other.arrives; });
  CHECK(trace.steps[prepares[0].handled_by].at == prepares[0].arrives + 20ms);
  return {prepares[0], prepares[1], prepares[2]};
}

}  // namespace

TEST_CASE("trace: a message that finds a queue full is turned away, and no other of its kind",
          "[reports]") {
  const auto prepares = three_prepares({.time = sim::Distribution::constant(20ms), .queue = 1});
  CHECK(prepares[0].end == MessageEnd::handled);
  CHECK(prepares[1].end == MessageEnd::handled);
  CHECK(prepares[2].end == MessageEnd::turned_away);
}

TEST_CASE("trace: a message that has waited past the deadline of its node is turned away",
          "[reports]") {
  // The copies come 2ms and 3ms later, and wait for 18ms and 17ms, and one more for the disk.
  const auto prepares =
      three_prepares({.time = sim::Distribution::constant(20ms), .deadline = 18ms});
  CHECK(prepares[0].end == MessageEnd::handled);
  CHECK(prepares[1].end == MessageEnd::turned_away);
  CHECK(prepares[1].ended == prepares[1].arrives + 19ms);
  CHECK(prepares[2].end == MessageEnd::handled);
}

TEST_CASE("trace: a message that finds its node down, and one that a crash makes it forget",
          "[reports]") {
  // s1 is down when its prepare arrives.
  const RunTrace down = traced(
      with_faults(deployment("two-phase-commit"), {crash_at("s1", 16ms, sim::Keep::forced, 1s)}));
  CHECK(message(down, "prepare").end == MessageEnd::found_down);
  CHECK(spans(down, TraceSpan::Type::down).size() == 1);
  // It waits for its disk when a copy arrives, and crashes before that is done.
  kit::Deployment made = deployment("two-phase-commit");
  made.nodes[1].disk.force = sim::Distribution::constant(20ms);
  sim::NamedFault crash = crash_at("s1", 34ms, sim::Keep::forced, 1s);
  sim::NamedFault twice = on_messages(Action::duplicate, messages("prepare", "orders", "s1"), 5ms);
  crash.id = "crash";
  twice.id = "twice";
  const RunTrace forgotten = traced(with_faults(made, {crash, twice}));
  const auto is_forgotten = [](const TraceMessage& one) {
    return one.end == MessageEnd::forgotten;
  };
  CHECK(std::count_if(forgotten.messages.begin(), forgotten.messages.end(), is_forgotten) == 1);
}

TEST_CASE("trace: what lies in a record that a crash loses was not so after all", "[reports]") {
  // Before the vote, and so before the force is done: the hold is gone with its record.
  const RunTrace trace =
      traced(with_faults(deployment("two-phase-commit"),
                         {crash_before("s1", 3, handling("prepare"), sim::Keep::forced, 500ms)}));
  const auto held = spans(trace, TraceSpan::Type::held);
  const auto doubt = spans(trace, TraceSpan::Type::in_doubt);
  const auto lost = [](const TraceSpan& span) { return span.was_lost; };
  CHECK(std::count_if(held.begin(), held.end(), lost) == 1);
  CHECK(std::count_if(doubt.begin(), doubt.end(), lost) == 1);
}

TEST_CASE("trace: what a lost disk had durably was not so after all", "[reports]") {
  sim::NamedFault crash = crash_at("s1", 1s, sim::Keep::forced, 500ms);
  crash.damage.wipe = true;
  const RunTrace trace = traced(with_faults(deployment("two-phase-commit"), {crash}));
  const auto assigned = spans(trace, TraceSpan::Type::assigned);
  REQUIRE(assigned.size() == 2);
  const auto lost = [](const TraceSpan& span) { return span.was_lost; };
  CHECK(std::count_if(assigned.begin(), assigned.end(), lost) == 1);
}

TEST_CASE("trace: who finds its log damaged stays down", "[reports]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    sim::NamedFault crash = crash_at("s1", 1s, sim::Keep::forced, 500ms);
    crash.damage.rot = true;
    const RunTrace trace = traced(with_faults(deployment("two-phase-commit"), {crash}), seed);
    const auto found = std::find_if(trace.steps.begin(), trace.steps.end(),
                                    [](const TraceStep& step) { return step.finds_damage; });
    if (found == trace.steps.end()) continue;
    CHECK(found->at == sim::TrueTime{1500ms});
    const auto down = spans(trace, TraceSpan::Type::down);
    REQUIRE(down.size() == 1);
    CHECK(down[0].begins == sim::TrueTime{1s});
    CHECK(down[0].ends == sim::never);
    CHECK(befalling_text(*found) == "finds a forced record of its log damaged, and stays down");
    return;
  }
  FAIL("in no run was anything but the last record damaged");
}

TEST_CASE("trace: a message that a power failure takes along is lost", "[reports]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    sim::NamedFault crash = crash_at("orders", 6ms, sim::Keep::forced, 500ms);
    crash.damage.lost_sends = true;
    const RunTrace trace = traced(with_faults(deployment("two-phase-commit"), {crash}), seed);
    const TraceMessage& work = message(trace, "work");
    if (work.end != MessageEnd::lost) continue;
    CHECK(work.arrives == sim::never);
    CHECK(work.sent < sim::TrueTime{6ms});
    return;
  }
  FAIL("no run lost anything");
}

TEST_CASE("trace: a service is in doubt from its promise to its decision", "[reports]") {
  const RunTrace trace = traced(deployment("two-phase-commit"));
  const auto doubt = spans(trace, TraceSpan::Type::in_doubt);
  REQUIRE(doubt.size() == 2);
  for (const TraceSpan& span : doubt) {
    CHECK(span.order == 1);
    CHECK(trace.steps[span.begun_by].kind == "prepare");
    CHECK(trace.steps[span.ended_by].kind == "commit");
    CHECK(trace.nodes[span.node].role == "service");
  }
  CHECK(spans(trace, TraceSpan::Type::assigned).size() == 2);
  CHECK(trace.orders.at(0).outcome.end == properties::OrderEnd::placed);
}

TEST_CASE("trace: a violation names the step at which it came to be", "[reports]") {
  // The coordinator is lost when both have voted: they must wait for ever.
  sim::NamedFault lost = crash_at("orders", 25ms, sim::Keep::forced, {});
  const RunTrace trace = traced(with_faults(deployment("two-phase-commit"), {lost}));
  const auto found =
      std::find_if(trace.verdicts.begin(), trace.verdicts.end(),
                   [](const TraceVerdict& verdict) { return verdict.name == "termination"; });
  REQUIRE(found->verdict == properties::Verdict::violated);
  REQUIRE(found->step != none);
  const TraceStep& step = trace.steps[found->step];
  CHECK(step.kind == "prepare");
  CHECK(std::any_of(step.effects.begin(), step.effects.end(), [](const TraceEffect& effect) {
    return effect.type == TraceEffect::Type::fact && effect.fact == sim::FactKind::prepared;
  }));
}

}  // namespace indoubt::reports
