#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
#include "tests/support/verdicts.hpp"

// What queues make of a saga: messages that are invisible for a while, come again, overtake each
// other and die; and what is left out where the form is as published.
namespace indoubt::test {
namespace {

using sim::Action;

Deployment queued(std::vector<NamedFault> faults) {
  return with_faults(saga("queued"), std::move(faults));
}

Deployment published(std::vector<NamedFault> faults) {
  Deployment made = queued(std::move(faults));
  made.protocol.variant = "as-published";
  return made;
}

/// s2 has nothing, so the step of s1 is undone; s1 is away when it is told to.
Deployment undone_while_away(Deployment made, sim::Duration away) {
  made = with_nothing_at(std::move(made), 2);
  NamedFault crash = crash_at("s1", 60ms, Keep::forced, away);
  return with_faults(made, {crash});
}

}  // namespace

TEST_CASE(
    "saga: a message that nobody acknowledges comes again, until it is a dead letter (on "
    "queues)",
    "[saga][queues]") {
  const std::int64_t most = GENERATE(1, 3);
  Deployment made =
      queued({on_messages(Action::drop, messages("deliver", "broker", "notification"))});
  made.faults.push_back(on_messages(Action::drop, messages("consumed", "s1", "broker")));
  made.protocol.options.emplace_back("max_receives", most);
  const Costs costs{made};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.run().world().end_reason() == sim::EndReason::rest);
  // The event once, s2 twice, s1 each of its two messages so often, and the confirmation once.
  const auto times = static_cast<std::uint64_t>(most);
  REQUIRE(costs.messages({"deliver"}) == 1 + 2 + 2 * times + 1);
  REQUIRE(costs.records("notification") == 0);
}

TEST_CASE("saga: an order is not begun twice by an event that comes twice (on queues)",
          "[saga][queues]") {
  const Deployment made =
      queued({on_messages(Action::duplicate, messages("deliver", "broker", "orders"), 1500ms)});
  const Costs costs{made};
  REQUIRE(costs.run().all_faults_fired());
  REQUIRE(costs.records("orders") == 2 + 2);
  REQUIRE(violated(made).empty());
}

TEST_CASE("saga: a compensation that died in its queue is put there again (on queues)",
          "[saga][queues]") {
  // Away for longer than a message is delivered.
  const Deployment made = undone_while_away(saga("queued"), 30s);
  const Run run{made};
  REQUIRE(run.facts().has(FactKind::not_placed));
  REQUIRE(run.facts().assigned() == 0);
  REQUIRE(run.world().end_reason() == sim::EndReason::rest);
  REQUIRE(violated(made).empty());
}

TEST_CASE("saga: a step that overtakes nothing any more is not done (on queues)",
          "[saga][queues]") {
  const Deployment made =
      queued({on_messages(Action::delay, messages("deliver", "broker", "s2", 1), 20s),
              on_messages(Action::drop, messages("deliver", "broker", "s2", 2))});
  REQUIRE(violated(made).empty());
}

TEST_CASE("saga: the published form places and undoes orders that nothing disturbs",
          "[saga][queues]") {
  REQUIRE(violated(published({})).empty());
  REQUIRE(Run{published({})}.facts().has(FactKind::placed));
  const Deployment declined = with_nothing_at(published({}), 2);
  REQUIRE(violated(declined).empty());
  REQUIRE(Run{declined}.facts().has(FactKind::not_placed));
  REQUIRE(Run{declined}.facts().assigned() == 0);
}

TEST_CASE("saga: what the published form leaves out breaks its claim, and the hardened one holds",
          "[saga][queues]") {
  const auto breaks = [](Deployment made, const std::string& property) {
    INFO(property);
    REQUIRE(violated(made).empty());
    made.protocol.variant = "as-published";
    REQUIRE(contains(violated(made), property));
  };
  // A message comes twice.
  breaks(queued({on_messages(Action::duplicate, messages("deliver", "broker", "s1", 1), 10ms)}),
         "atomicity");
  // A step is done, and nobody hears of it: "not compensated, since not done".
  breaks(queued({on_messages(Action::drop, messages("step_done", "s2", "orders"))}), "no-leak");
  // The service is away for longer than a compensation is tried.
  breaks(undone_while_away(saga("queued"), 30s), "no-leak");
}

}  // namespace indoubt::test
