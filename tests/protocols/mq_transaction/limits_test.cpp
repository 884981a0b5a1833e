#include "tests/protocols/mq_transaction/modes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// What broker transactions and half messages do not promise, and where the published sample fails.
namespace indoubt::test {

TEST_CASE("mq transaction: a service cannot veto, so an order can be placed in part", "[mq]") {
  Deployment made = mq(GENERATE("broker", "half-message"));
  made.nodes[2].stock = {{"unit", 0}};
  CHECK(Run{made}.facts().has(FactKind::placed));
  CHECK(violated(made) == std::vector<std::string>{"atomicity", "truthful-reply", "no-leak"});
}

TEST_CASE("mq transaction: the broker's commit is not the producer's", "[mq]") {
  // In between the producer is lost for good: its messages are out, its order is not placed.
  const NamedFault lost =
      crash_before("orders", 1, handling("committed"), Keep::forced, std::nullopt);
  const Deployment made = with_faults(mq("broker"), {lost});
  CHECK(has_ghost(Run{made}.facts()));
  CHECK(contains(violated(made), "no-ghost"));
}

TEST_CASE("mq transaction: an open transaction of a producer that is lost is rolled back", "[mq]") {
  const NamedFault lost = crash_before("orders", 3, handling("begun"), Keep::forced, std::nullopt);
  const Deployment made = with_faults(mq("broker"), {lost});
  const Run run{made};
  CHECK(run.all_faults_fired());
  CHECK(run.sent("send") == 2);
  CHECK_FALSE(run.facts().has(FactKind::published));
  CHECK(violated(made).empty());
}

TEST_CASE("mq transaction: with markers everybody waits for the oldest open transaction", "[mq]") {
  // The first order's commit is lost for half a second. The second order's is not.
  NamedFault open =
      on_messages(sim::Action::drop, {.from = "orders", .kind = "commit", .order = 1});
  open.window = sim::Window::at;
  open.at = sim::TrueTime{0s};
  open.lasts = 500ms;
  for (const std::string mode : {"broker", "marker"}) {
    const Run run{with_faults(mq(mode, 2, 2), {open})};
    CHECK(run.all_faults_fired());
    std::size_t early = 0;
    std::size_t late = 0;
    for (const sim::Fact& fact : run.facts().all()) {
      if (fact.kind != FactKind::applied || fact.order != sim::OrderId{1}) continue;
      ++(fact.time < sim::TrueTime{500ms} ? early : late);
    }
    CHECK(early == (mode == "broker" ? 2 : 0));
    CHECK(late == (mode == "broker" ? 0 : 2));
  }
}

TEST_CASE("mq transaction: a half message that nobody answers for is parked", "[mq]") {
  // The order is placed, its end is lost, and the producer comes back when nobody asks any more.
  Deployment made = mq("half-message");
  made.protocol.options.emplace_back("check_max", std::int64_t{2});
  const NamedFault late = crash_before("orders", 4, handling("commit_due"), Keep::forced, 20s);
  made = with_faults(made, {late});
  const Run run{made};
  CHECK(run.all_faults_fired());
  CHECK(run.sent("check_back") == 2);
  CHECK(run.world().end_reason() == sim::EndReason::rest);
  CHECK(loses(run.facts(), 2));
  CHECK(contains(violated(made), "no-loss"));
}

TEST_CASE("mq transaction: a check rejects an order whose local transaction takes too long",
          "[mq]") {
  const Deployment made = slow_transactions();
  const Run run{made};
  CHECK(run.facts().has(FactKind::not_placed));
  CHECK_FALSE(run.facts().has(FactKind::applied));
  CHECK(violated(made).empty());
}

TEST_CASE("mq transaction: as published a good day is good", "[mq][published]") {
  REQUIRE(violated(mq_as_published(3, 5)).empty());
  REQUIRE(Run{mq_as_published(3, 5)}.facts().assigned() == 15);
}

TEST_CASE("mq transaction: as published one fault leaves some messages and not the others",
          "[mq][published]") {
  struct Case {
    NamedFault fault;
    std::string property;
  };
  const Case cases[] = {
      {crash_before("orders", 3, handling("place_order"), Keep::forced, 10ms), "no-ghost"},
      {on_messages(sim::Action::drop, messages("publish", "orders", "broker", 1)), "no-loss"},
      {crash_before("broker", 2, handling("publish", 1, 2), Keep::forced, 10ms), "no-loss"},
  };
  for (const Case& one : cases) {
    const Run run{with_faults(mq_as_published(), {one.fault})};
    REQUIRE(run.all_faults_fired());
    REQUIRE(run.facts().assigned() == 1);
    const auto broken = violated(with_faults(mq_as_published(), {one.fault}));
    REQUIRE(contains(broken, one.property));
    REQUIRE(contains(broken, "atomicity"));
  }
}

}  // namespace indoubt::test
