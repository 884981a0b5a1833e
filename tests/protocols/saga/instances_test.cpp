#include <string>

#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// Several processes of each service that take its messages: what is lost with one of them, and what
// becomes of the order of an order's messages.
namespace indoubt::test {
namespace {

using sim::Action;

NamedFault pause_at(std::string node, sim::Duration at, sim::Duration lasts) {
  NamedFault fault;
  fault.action = Action::pause;
  fault.trigger = sim::Trigger::at;
  fault.at = sim::TrueTime{at};
  fault.nodes = {std::move(node)};
  fault.lasts = lasts;
  return fault;
}

/// The step of s1 goes to a process that is paused for longer than it is tried, and what undoes it
/// to the other one. Nothing comes twice: a compensation that came again would repair it.
Deployment overtaken() {
  Deployment made = saga("queued-shared");
  made.protocol.options.emplace_back("attempts", std::int64_t{1});
  made.protocol.options.emplace_back("visibility_timeout", sim::Duration{10s});
  made.protocol.options.emplace_back("max_receives", std::int64_t{1});
  return with_faults(std::move(made), {pause_at("consumer-2", 1ms, 4s)});
}

}  // namespace

TEST_CASE("saga: messages of one queue go to the processes of its service in turn",
          "[saga][instances]") {
  const std::string style = GENERATE("queued-shared", "choreographed-shared");
  INFO(style);
  const Run run{saga(style, 2, 4)};
  CHECK(run.facts().count(FactKind::placed) == 4);
  for (const std::string node : {"consumer-1", "consumer-2", "consumer-3", "consumer-4"}) {
    INFO(node);
    const Deployment made = with_faults(
        saga(style, 2, 4), {on_messages(Action::drop, messages("deliver", "broker", node, 1))});
    CHECK(Run{made}.all_faults_fired());
  }
}

TEST_CASE("saga: a process of a service that is lost for good is done without",
          "[saga][instances]") {
  const std::string style = GENERATE("queued-shared", "choreographed-shared");
  const bool is_undone = GENERATE(false, true);
  INFO(style << (is_undone ? ", undone" : ""));
  Deployment made = saga(style);
  if (is_undone) made = with_nothing_at(std::move(made), 2);
  made = with_faults(std::move(made), {crash_at("consumer-2", 1ms, Keep::forced, std::nullopt)});
  const Facts facts = Run{made}.facts();
  CHECK(facts.has(is_undone ? FactKind::not_placed : FactKind::placed));
  CHECK(facts.assigned() == (is_undone ? 0 : 2));
  CHECK(violated(made).empty());
}

TEST_CASE("saga: a step that a compensation overtook by another process finds its tombstone",
          "[saga][instances]") {
  const Deployment made = overtaken();
  REQUIRE(Run{made}.all_faults_fired());
  CHECK(Run{made}.facts().has(FactKind::not_placed));
  CHECK(Run{made}.facts().assigned() == 0);
  CHECK(violated(made).empty());
  // What only knows repetitions does it.
  CHECK(contains(violated(with_mutant(made, "M-E01")), "no-leak"));
}

TEST_CASE("saga: by call there are no processes to take messages", "[saga][instances]") {
  Deployment made = saga("orchestrated");
  made.protocol.options.emplace_back("consumers", std::int64_t{2});
  const Run run{made};
  CHECK(run.facts().has(FactKind::placed));
  CHECK(run.sent("deliver") == 0);
}

}  // namespace indoubt::test
