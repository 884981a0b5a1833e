#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
#include "tests/support/each_crash.hpp"
#include "tests/support/verdicts.hpp"

// A choreographed saga and its supervisor: what events do not finish is finished from the order's
// log, and what is merely under way is left alone.
namespace indoubt::test {
namespace {

Deployment supervised(std::size_t services = 2) { return saga("supervised", services); }

/// The broker is lost for good when all steps are done and none is published.
Deployment without_broker(Deployment made) {
  made.faults.push_back(crash_at("broker", 18ms, Keep::forced, {}));
  made.faults.back().id = "broker-is-lost";
  return made;
}

}  // namespace

TEST_CASE("saga: without its broker a choreographed order is stuck, and a supervisor finishes it",
          "[saga][supervisor]") {
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{5});
  const Deployment plain = without_broker(saga("choreographed", services));
  const Facts stuck = Run{plain}.facts();
  CHECK(stuck.has(FactKind::not_placed));
  CHECK(stuck.assigned() == services);
  CHECK(contains(violated(plain), "termination"));

  const Deployment repaired = without_broker(supervised(services));
  const Facts facts = Run{repaired}.facts();
  CHECK(facts.has(FactKind::not_placed));
  CHECK(facts.assigned() == 0);
  CHECK(violated(repaired).empty());
}

TEST_CASE("saga: a supervisor touches nothing that is younger than its grace",
          "[saga][supervisor]") {
  const sim::Duration grace = GENERATE(sim::Duration{1500ms}, sim::Duration{4s});
  Deployment made = without_broker(supervised());
  made.protocol.options.emplace_back("supervisor_grace", grace);
  made.protocol.options.emplace_back("supervisor_period", sim::Duration{500ms});
  const auto deeds = deeds_of(made, "supervisor");
  REQUIRE(!deeds.empty());
  for (const DeedLog::Deed& deed : deeds) CHECK(deed.at.time_since_epoch() > grace);
  CHECK(Run{made}.facts().assigned() == 0);
}

TEST_CASE("saga: what a supervisor does is on record first", "[saga][supervisor]") {
  const auto deeds = deeds_of(without_broker(supervised()), "supervisor");
  REQUIRE(position(deeds, "send settle") < deeds.size());
  REQUIRE(position(deeds, "forced repair_intent") < position(deeds, "send settle"));
}

TEST_CASE("saga: a supervisor leaves placed orders as they are, and then has nothing to do",
          "[saga][supervisor]") {
  const Run run{supervised(3)};
  CHECK(run.facts().has(FactKind::placed));
  CHECK(run.facts().assigned() == 3);
  CHECK(run.world().end_reason() == sim::EndReason::rest);
  CHECK(run.sent("settle") == 3);
}

TEST_CASE("saga: without its supervisor a choreographed order goes on as ever",
          "[saga][supervisor]") {
  Deployment made = supervised();
  made.faults.push_back(crash_at("supervisor", 1ms, Keep::forced, {}));
  made.faults.back().id = "f";
  CHECK(Run{made}.facts().has(FactKind::placed));
  CHECK(violated(made).empty());
}

TEST_CASE("saga: a crash at any point of a repair only delays it", "[saga][supervisor][crash]") {
  const Deployment made = with_group_commit(without_broker(supervised()), GENERATE(false, true));
  const auto is_left = [](const CrashPoint& point) { return point.node() != "broker"; };
  const Crashes crashes{.of = made,
                        .keep = {Keep::forced, Keep::all, Keep::torn},
                        .restarts = {2ms, 3s},
                        .only_at = is_left};
  // Without a broker events are published for ever.
  const std::size_t points =
      for_each_crash(crashes, [](const CrashPoint&, const Deployment& crashed) {
        const Facts facts = Run{crashed}.facts();
        // The client may have heard nothing, if it was the order service.
        REQUIRE_FALSE(facts.has(FactKind::placed));
        REQUIRE(facts.assigned() == 0);
      });
  REQUIRE(points > 16);
}

TEST_CASE("saga: a crash at any point of a supervised order leaves all or nothing",
          "[saga][supervisor][crash]") {
  const Deployment good = supervised();
  for_each_crash({.of = good, .keep = {Keep::forced, Keep::all}, .restarts = {10ms, 4s}},
                 [](const CrashPoint&, const Deployment& crashed) {
                   const Facts facts = Run{crashed}.facts();
                   REQUIRE((facts.assigned() == 0 || facts.assigned() == 2));
                   REQUIRE(violated(crashed).empty());
                 });
}

}  // namespace indoubt::test
