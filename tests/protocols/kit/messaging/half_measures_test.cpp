#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/deliveries.hpp"
#include "tests/support/verdicts.hpp"

// Brokers as they are shipped: confirming what is not on disk, giving up what nobody consumes, and
// committing message by message.
namespace indoubt::test {
namespace {

using Option = std::pair<std::string, kit::OptionValue>;

const std::vector<std::string>& with_brokers() {
  static const std::vector<std::string> families{"outbox", "listen-to-yourself", "mq-transaction"};
  return families;
}

Deployment with_broker(const std::string& family, Option option) {
  Deployment made = deployment(family);
  made.nodes.push_back({.name = "broker", .role = "broker", .host = {}});
  made.protocol.options = {std::move(option)};
  return made;
}

/// Nothing is delivered before the broker crashes, half a second in.
Deployment crashing(Deployment made) {
  NamedFault unheard = on_messages(sim::Action::drop, {.from = "broker", .kind = "deliver"});
  unheard.window = sim::Window::at;
  unheard.at = sim::TrueTime{0s};
  unheard.lasts = 500ms;
  return with_faults(std::move(made), {unheard, crash_at("broker", 500ms, Keep::forced, 10ms)});
}

}  // namespace

TEST_CASE("broker: what it confirms and has not flushed it forgets in a crash", "[broker]") {
  for (const std::string& family : with_brokers()) {
    INFO(family);
    CHECK(violated(crashing(with_broker(family, {"flush_after", sim::Duration{0s}}))).empty());
    const Deployment lazy = crashing(with_broker(family, {"flush_after", sim::Duration{1s}}));
    CHECK(Run{lazy}.all_faults_fired());
    CHECK(contains(violated(lazy), "truthful-reply"));
    CHECK(contains(violated(lazy), "no-loss"));
  }
}

TEST_CASE("broker: what a lazy one has flushed by then it keeps", "[broker]") {
  for (const std::string& family : with_brokers()) {
    INFO(family);
    const Deployment lazy = crashing(with_broker(family, {"flush_after", sim::Duration{100ms}}));
    CHECK(Run{lazy}.all_faults_fired());
    CHECK(violated(lazy).empty());
  }
}

TEST_CASE("broker: one flush is for everything that came meanwhile", "[broker]") {
  Deployment made = with_broker("outbox", {"flush_after", sim::Duration{1s}});
  made.workload.orders = 5;
  // Five orders, at two services each; and a flush.
  CHECK(Run{made}.world().counters().forced_writes == 5 + 10 + 1);
}

TEST_CASE("broker: a stream puts off the flush of what nobody asked to be confirmed", "[broker]") {
  const auto lost_of_eight = [](const std::string& variant, sim::Duration between) {
    Deployment made = with_broker("outbox", {"flush_after", sim::Duration{1s}});
    made.protocol.variant = variant;
    made.workload.orders = 8;
    made.workload.arrivals = sim::Distribution::constant(between);
    NamedFault unheard = on_messages(sim::Action::drop, {.from = "broker", .kind = "deliver"});
    unheard.window = sim::Window::at;
    unheard.at = sim::TrueTime{0s};
    const sim::Duration until = 8 * between + between / 2;
    unheard.lasts = until;
    const Run run{with_faults(made, {unheard, crash_at("broker", until, Keep::forced, 10ms)})};
    std::uint32_t lost = 0;
    for (std::uint32_t order = 1; order <= 8; ++order)
      lost += effects(run.facts(), order, "s1") == 0 ? 1u : 0u;
    return lost;
  };
  CHECK(lost_of_eight("as-published", 250ms) == 8);
  CHECK(lost_of_eight("hardened", 250ms) < 6);
  CHECK(lost_of_eight("as-published", 1500ms) < 3);
}

TEST_CASE("broker: what nobody consumes is parked after so many deliveries", "[broker]") {
  for (const std::string& family : with_brokers()) {
    INFO(family);
    const auto away = [&](std::int64_t deliveries) {
      return with_faults(with_broker(family, {"max_deliveries", deliveries}),
                         {crash_at("s1", 0s, Keep::forced, 20s)});
    };
    for (const std::int64_t enough : {0, 50}) {
      CHECK_FALSE(Run{away(enough)}.facts().has(FactKind::parked));
      CHECK(violated(away(enough)).empty());
    }
    const Facts facts = Run{away(3)}.facts();
    CHECK(facts.count(FactKind::parked) == 1);
    CHECK(loses(facts, 2));
    CHECK(contains(violated(away(3)), "no-loss"));
  }
}

TEST_CASE("mq-transaction: message by message, a crash shows some of a transaction", "[broker]") {
  const auto crashed = [](const std::string& record, std::uint32_t effect) {
    NamedFault half = crash_before("broker", effect, handling("commit"), Keep::forced, 100ms);
    NamedFault lost = crash_at("orders", 24ms, Keep::forced, {});
    return with_faults(with_broker("mq-transaction", {"commit_record", record}), {half, lost});
  };
  for (const std::string record : {"one", "marker"}) {
    for (std::uint32_t effect = 1; effect <= 6; ++effect) {
      INFO(record << " " << effect);
      const Facts facts = Run{crashed(record, effect)}.facts();
      CHECK(effects(facts, 1, "s1") == effects(facts, 1, "s2"));
    }
  }
  const Facts facts = Run{crashed("per-message", 6)}.facts();
  CHECK(effects(facts, 1, "s1") == 1);
  CHECK(effects(facts, 1, "s2") == 0);
  CHECK(contains(violated(crashed("per-message", 6)), "no-ghost"));
  CHECK(contains(owed(crashed("per-message", 6)), "atomicity"));
}

TEST_CASE("mq-transaction: message by message, a producer that comes back makes it whole",
          "[broker]") {
  for (std::uint32_t effect = 1; effect <= 12; ++effect) {
    INFO(effect);
    NamedFault half = crash_before("broker", effect, handling("commit"), Keep::forced, 100ms);
    const Deployment made = with_faults(
        with_broker("mq-transaction", {"commit_record", std::string{"per-message"}}), {half});
    CHECK(violated(made).empty());
    CHECK(Run{made}.facts().count(FactKind::placed) == 1);
  }
}

}  // namespace indoubt::test
