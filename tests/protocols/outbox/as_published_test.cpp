#include "tests/protocols/outbox/relays.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// The published sample, where its claim fails: "published exactly once, even if the business
// transaction fails". The hardened form keeps it on the same schedules.
namespace indoubt::test {
namespace {

using sim::Action;

struct Case {
  std::string what;
  std::vector<NamedFault> faults;
  bool loses;
  bool repeats;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"the broker crashes before it persists",
       {crash_before("broker", 2, handling("publish"), Keep::forced, 10ms)},
       true,
       false},
      {"a publishing is lost",
       {on_messages(Action::drop, messages("publish", "orders", "broker", 1))},
       true,
       false},
      {"the order service crashes between its two transactions",
       {crash_before("orders", 3, handling("commit_due"), Keep::forced, 10ms)},
       true,
       false},
      {"it crashes between publishing a row and deleting it",
       {crash_before("orders", 2, handling("poll_due"), Keep::forced, 10ms)},
       false,
       true},
      {"an acknowledgement to the broker is lost",
       {on_messages(Action::drop, messages("consumed", "s1", "broker", 1))},
       false,
       true},
  };
  return all;
}

}  // namespace

TEST_CASE("outbox as published: nothing goes wrong on a good day", "[outbox][published]") {
  REQUIRE(violated(as_published(3, 5)).empty());
  const Facts facts = Run{as_published(3, 5)}.facts();
  REQUIRE(facts.count(FactKind::placed) == 5);
  REQUIRE(facts.assigned() == 15);
}

TEST_CASE("outbox as published: one fault loses a message or takes effect twice",
          "[outbox][published]") {
  for (const Case& one : cases()) {
    INFO(one.what);
    const Run published{with_faults(as_published(), one.faults)};
    REQUIRE(published.all_faults_fired());
    REQUIRE(loses(published.facts(), 2) == one.loses);
    REQUIRE(repeats(published.facts(), 2) == one.repeats);
    const auto broken = violated(with_faults(as_published(), one.faults));
    REQUIRE(contains(broken, "no-loss") == one.loses);
    REQUIRE(contains(broken, "exactly-once") == one.repeats);

    const Deployment hardened = with_faults(outbox("polling"), one.faults);
    const Run run{hardened};
    REQUIRE(run.all_faults_fired());
    REQUIRE_FALSE(loses(run.facts(), 2));
    REQUIRE_FALSE(repeats(run.facts(), 2));
    REQUIRE(violated(hardened).empty());
  }
}

}  // namespace indoubt::test
