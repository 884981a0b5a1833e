#include <string>
#include <utility>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/deliveries.hpp"
#include "tests/support/verdicts.hpp"

// Rows by which a repetition is told, where they are kept for a while: what comes within it is
// told, and what comes after it is new.
namespace indoubt::test {
namespace {

using Options = std::vector<std::pair<std::string, kit::OptionValue>>;

/// Families whose services have an inbox, and their ways to be told.
std::vector<std::pair<std::string, Options>> with_inboxes() {
  return {{"outbox", {{"relay", std::string{"polling"}}}},
          {"outbox", {{"relay", std::string{"log-tailing"}}}},
          {"local-message-table", {}},
          {"listen-to-yourself", {}},
          {"mq-transaction", {{"mode", std::string{"broker"}}}},
          {"mq-transaction", {{"mode", std::string{"half-message"}}}}};
}

/// The message of an order that comes after ten seconds is delivered to a service once more three
/// seconds later.
Deployment delivered_again(const std::string& family, Options options, sim::Duration retention) {
  Deployment made = deployment(family);
  made.workload.arrivals = sim::Distribution::constant(10s);
  options.emplace_back("inbox_retention", retention);
  made.protocol.options = std::move(options);
  NamedFault copy;
  copy.trigger = sim::Trigger::match;
  copy.match = {.to = "s1", .kind = "deliver", .nth = 1};
  copy.action = sim::Action::duplicate;
  copy.by = 3s;
  return with_faults(made, {copy});
}

Deployment restarted_meanwhile(Deployment made) {
  NamedFault crash = crash_at("s1", 11s, Keep::forced, 10ms);
  std::vector<NamedFault> faults = made.faults;
  faults.push_back(crash);
  return with_faults(made, faults);
}

Deployment supervised(Deployment made) {
  made.protocol.options.emplace_back("supervisor", true);
  return made;
}

}  // namespace

TEST_CASE("inbox: a copy that comes after the retention has its effect once more", "[retention]") {
  for (const auto& [family, options] : with_inboxes()) {
    INFO(family);
    const Deployment short_one = delivered_again(family, options, 2s);
    CHECK(effects(Run{short_one}.facts(), 1, "s1") == 2);
    CHECK(contains(violated(short_one), "exactly-once"));
    CHECK(contains(violated(supervised(short_one)), "exactly-once"));
  }
}

TEST_CASE("inbox: a copy that comes within the retention is told, also after a crash",
          "[retention]") {
  for (const auto& [family, options] : with_inboxes()) {
    INFO(family);
    for (const sim::Duration retention : {sim::Duration{0s}, sim::Duration{4s}}) {
      const Deployment long_one = delivered_again(family, options, retention);
      CHECK(Run{long_one}.all_faults_fired());
      CHECK(violated(long_one).empty());
      CHECK(violated(restarted_meanwhile(long_one)).empty());
      CHECK(violated(supervised(long_one)).empty());
    }
  }
}

TEST_CASE("inbox: how old a row is, a crash does not forget", "[retention]") {
  for (const auto& [family, options] : with_inboxes()) {
    INFO(family);
    const Deployment made = restarted_meanwhile(delivered_again(family, options, 2500ms));
    CHECK(Run{made}.all_faults_fired());
    CHECK(effects(Run{made}.facts(), 1, "s1") == 2);
  }
}

TEST_CASE("inbox: the age of a row is counted by its node's clock", "[retention]") {
  Deployment made = delivered_again("outbox", {}, 1h);
  NamedFault jump;
  jump.at = sim::TrueTime{11s};
  jump.action = sim::Action::clock;
  jump.nodes = {"s1"};
  jump.jump = 2h;
  std::vector<NamedFault> faults = made.faults;
  faults.push_back(jump);
  CHECK(violated(made).empty());
  CHECK(contains(violated(with_faults(made, faults)), "exactly-once"));
}

TEST_CASE("tcc: a try that comes when its cancel is forgotten freezes for ever", "[retention]") {
  const auto late = [](sim::Duration retention) {
    Deployment made = deployment("tcc");
    made.protocol.options = {{"fence_retention", retention}};
    NamedFault delay = on_messages(sim::Action::delay, messages("try", "orders", "s1", 1), 5s);
    return with_faults(made, {delay});
  };
  CHECK(violated(late(0s)).empty());
  CHECK(violated(late(10s)).empty());
  CHECK(contains(violated(late(2s)), "no-leak"));
  CHECK(contains(violated(supervised(late(2s))), "no-leak") ==
        false);  // it is reported, and thawed
}

TEST_CASE("tcc: a confirm that is repeated when its row is forgotten is never answered",
          "[retention]") {
  const auto unheard = [](sim::Duration retention) {
    Deployment made = deployment("tcc");
    made.protocol.options = {{"fence_retention", retention}};
    return with_faults(made, {on_messages(sim::Action::drop,
                                          messages("confirmed", "s1", "transaction-manager", 1))});
  };
  CHECK(violated(unheard(10s)).empty());
  CHECK(Run{unheard(10s)}.sent("confirm") == 3);
  CHECK(Run{unheard(100ms)}.sent("confirm") > 10);
}

TEST_CASE("reservation: a reserve that comes when its release is forgotten holds until it runs out",
          "[retention]") {
  const auto late = [](sim::Duration retention) {
    Deployment made = deployment("reservation");
    made.protocol.options = {{"tombstone_retention", retention}};
    made.nodes[2].decline = {1'000'000'000};
    NamedFault copy =
        on_messages(sim::Action::duplicate, messages("reserve", "orders", "s1", 1), 3s);
    return with_faults(made, {copy});
  };
  CHECK(Run{late(0s)}.facts().count(FactKind::held) == 1);
  CHECK(Run{late(10s)}.facts().count(FactKind::held) == 1);
  const Facts facts = Run{late(1s)}.facts();
  CHECK(facts.count(FactKind::held) == 2);
  CHECK(facts.has(FactKind::expired));
  CHECK(facts.held() == 0);
  CHECK(violated(late(1s)).empty());
}

}  // namespace indoubt::test
