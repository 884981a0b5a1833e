#include <algorithm>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
#include "tests/support/deliveries.hpp"
#include "tests/support/each_crash.hpp"
#include "tests/support/verdicts.hpp"

// Several processes of a service that take messages from its queue, in every family that has some.
namespace indoubt::test {
namespace {

using sim::Action;

const std::string single_active = "single-active";
const std::string competing = "competing";

/// Orders that come at once, and two consumers of each service, or as many.
Deployment consumed(const std::string& family, const std::string& sharing, std::size_t services,
                    std::uint32_t orders, std::int64_t consumers = 2) {
  Deployment made = deployment(family, services, orders);
  made.protocol.options = {{"consumers", consumers}, {"sharing", sharing}};
  for (std::size_t i = 1; i <= services * static_cast<std::size_t>(consumers); ++i) {
    made.nodes.push_back({.name = "consumer-" + std::to_string(i), .role = "consumer", .host = {}});
  }
  return made;
}

Deployment spaced(Deployment made, sim::Duration gap) {
  made.workload.arrivals = sim::Distribution::constant(gap);
  return made;
}

/// How many messages were handed on by this process.
std::size_t handed_on(const Deployment& made, const std::string& process) {
  const auto deeds = deeds_of(made, process);
  return static_cast<std::size_t>(std::count_if(
      deeds.begin(), deeds.end(), [](const auto& deed) { return deed.what == "send deliver"; }));
}

/// The first message for the first service is slow on its way from the first process.
NamedFault slow_first() {
  return on_messages(Action::delay, messages("deliver", "consumer-1", "s1", 1), 50ms);
}

}  // namespace

TEST_CASE("consumers: with a single one nothing changes, however several would share",
          "[messaging][consumers]") {
  const std::string family = GENERATE("outbox", "listen-to-yourself", "mq-transaction");
  Deployment made = deployment(family, 3, 5);
  const std::uint64_t before = Run{made}.world().digest();
  made.protocol.options = {{"consumers", std::int64_t{1}}, {"sharing", competing}};
  REQUIRE(Run{made}.world().digest() == before);
}

TEST_CASE("consumers: one is active, or they take turns", "[messaging][consumers]") {
  const std::string family = GENERATE("outbox", "listen-to-yourself", "mq-transaction");
  INFO(family);
  const Deployment active = spaced(consumed(family, single_active, 2, 6, 3), 1s);
  CHECK(Run{active}.facts().count(FactKind::assigned) == 12);
  CHECK(handed_on(active, "consumer-1") + handed_on(active, "consumer-4") == 12);
  const Deployment turns = spaced(consumed(family, competing, 2, 6, 3), 1s);
  CHECK(Run{turns}.facts().count(FactKind::assigned) == 12);
  for (const std::string process : {"consumer-1", "consumer-3", "consumer-5"})
    CHECK(handed_on(turns, process) == 2);
}

TEST_CASE("consumers: where they compete, a message is passed by", "[messaging][consumers]") {
  const std::string family = GENERATE("outbox", "listen-to-yourself");
  INFO(family);
  const std::string process = "consumer-2";  // they take turns, and the second one begins
  const auto slow = on_messages(Action::delay, messages("deliver", process, "s1", 1), 50ms);
  const Run run{with_faults(consumed(family, competing, 1, 2), {slow})};
  REQUIRE(run.all_faults_fired());
  CHECK(violated(with_faults(consumed(family, competing, 1, 2), {slow})) ==
        std::vector<std::string>{"per-key-order"});
  const Deployment active = with_faults(consumed(family, single_active, 1, 2), {slow_first()});
  REQUIRE(Run{active}.all_faults_fired());
  CHECK(violated(active).empty());
}

TEST_CASE("consumers: as many messages are under way as a service has processes",
          "[messaging][consumers]") {
  // The service answers nobody: it is down until long after everything was delivered.
  const auto consumers = GENERATE(std::int64_t{2}, std::int64_t{3});
  const std::string sharing = GENERATE(single_active, competing);
  Deployment made = consumed("outbox", sharing, 1, 5, consumers);
  made.protocol.options.emplace_back("retry", sim::Duration{2s});
  made = with_faults(made, {crash_at("s1", 1ms, Keep::forced, 1s)});
  std::size_t before = 0;
  for (std::int64_t i = 1; i <= consumers; ++i) {
    const auto deeds = deeds_of(made, "consumer-" + std::to_string(i));
    before += static_cast<std::size_t>(
        std::count_if(deeds.begin(), deeds.end(), [](const DeedLog::Deed& deed) {
          return deed.what == "send deliver" && deed.at < sim::TrueTime{1s};
        }));
  }
  CHECK(before == (sharing == competing ? static_cast<std::size_t>(consumers) : 1));
  CHECK(Run{made}.facts().count(FactKind::applied) == 5);
}

TEST_CASE("consumers: one that is lost for good is replaced", "[messaging][consumers]") {
  const std::string family = GENERATE("outbox", "listen-to-yourself", "mq-transaction");
  const std::string sharing = GENERATE(single_active, competing);
  INFO(family << ", " << sharing);
  const Deployment made = with_faults(spaced(consumed(family, sharing, 1, 10), 1s),
                                      {crash_at("consumer-1", 100ms, Keep::forced, {})});
  const Facts facts = Run{made}.facts();
  CHECK(facts.count(FactKind::assigned) == 10);
  CHECK(violated(made).empty());
  CHECK(handed_on(made, "consumer-2") >= 9);
}

TEST_CASE("consumers: with all of them lost, orders are placed and take no effect",
          "[messaging][consumers]") {
  const std::string family = GENERATE("outbox", "listen-to-yourself", "mq-transaction");
  INFO(family);
  const Deployment made = with_faults(consumed(family, single_active, 1, 2),
                                      {crash_at("consumer-1", 1ms, Keep::forced, {}),
                                       crash_at("consumer-2", 1ms, Keep::forced, {})});
  CHECK(Run{made}.facts().count(FactKind::assigned) == 0);
  CHECK(Run{made}.facts().count(FactKind::placed) == 2);
  CHECK(contains(owed(made), "no-loss"));
}

TEST_CASE("consumers: one that was paused with its message repeats nothing",
          "[messaging][consumers]") {
  const std::string family = GENERATE("outbox", "listen-to-yourself", "mq-transaction");
  INFO(family);
  NamedFault pause;
  pause.action = Action::pause;
  pause.trigger = sim::Trigger::place;
  pause.place = {.handling = handling("deliver"), .effect = 1};
  pause.nodes = {"consumer-1"};
  pause.lasts = 4s;
  const Run run{with_faults(consumed(family, single_active, 1, 1), {pause})};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.sent("deliver") >= 4);  // twice from the broker, and once from each process
  CHECK(effects(run.facts(), 1, "s1") == 1);
}

TEST_CASE("consumers: a crash at any point of anybody loses nothing and repeats nothing",
          "[messaging][consumers][crash]") {
  const std::string family = GENERATE("outbox", "listen-to-yourself", "mq-transaction");
  const std::string sharing = GENERATE(single_active, competing);
  const Deployment good =
      with_group_commit(spaced(consumed(family, sharing, 2, 2), 20ms), GENERATE(false, true));
  INFO(family << ", " << sharing);
  const std::size_t points = require_after_each_crash({.of = good, .restarts = {10ms, 5s}},
                                                      [&](const CrashPoint&, const Run& run) {
                                                        const Facts facts = run.facts();
                                                        REQUIRE_FALSE(loses(facts, 2, 2));
                                                        REQUIRE_FALSE(repeats(facts, 2, 2));
                                                        REQUIRE_FALSE(has_ghost(facts, 2));
                                                      });
  REQUIRE(points > 2 * 2 * (6 + 3 + 2));
}

TEST_CASE("consumers: each message has two more ways", "[messaging][consumers][costs]") {
  const std::string sharing = GENERATE(single_active, competing);
  const Costs costs{consumed("outbox", sharing, 3, 1)};
  REQUIRE(costs.messages({"deliver", "consumed"}) == 4 * 3);
  REQUIRE(costs.run().world().counters().forced_writes == 2 * 3 + 1);
  REQUIRE(costs.forces("consumer-1") == 0);
}

}  // namespace indoubt::test
