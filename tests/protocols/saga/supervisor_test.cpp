#include <algorithm>

#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
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

/// What a node did, and when.
std::vector<DeedLog::Deed> deeds_of(const Deployment& deployment, std::string_view node) {
  const auto simulation = search::make_simulation(deployment);
  DeedLog log{simulation.plan->plan()};
  const Run run{deployment, 1, &log};
  std::vector<DeedLog::Deed> deeds = log.deeds();
  std::erase_if(deeds, [&](const DeedLog::Deed& deed) { return deed.node != node; });
  return deeds;
}

std::size_t position(const std::vector<DeedLog::Deed>& deeds, std::string_view what) {
  const auto found = std::ranges::find(deeds, what, &DeedLog::Deed::what);
  return static_cast<std::size_t>(found - deeds.begin());
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
  Deployment made = without_broker(supervised());
  const bool group_commit = GENERATE(false, true);
  for (auto& node : made.nodes) node.disk.group_commit = group_commit;
  std::size_t tried = 0;
  for (CrashPoint point : crash_points(made)) {
    if (point.crash.nodes.front() == "broker") continue;
    for (const Keep keep : {Keep::forced, Keep::all, Keep::torn}) {
      for (const sim::Duration restart : {sim::Duration{2ms}, sim::Duration{3s}}) {
        point.crash.keep = keep;
        point.crash.restart_after = restart;
        INFO(point.text << ", keeps " << name_of(keep) << ", restarts after "
                        << sim::to_text(restart));
        Deployment crashed = made;
        crashed.faults.push_back(point.crash);
        crashed.faults.back().id = "crash";
        const Facts facts = Run{crashed}.facts();
        // The client may have heard nothing, if it was the order service.
        REQUIRE_FALSE(facts.has(FactKind::placed));
        REQUIRE(facts.assigned() == 0);
        ++tried;
      }
    }
  }
  REQUIRE(tried > 100);
}

TEST_CASE("saga: a crash at any point of a supervised order leaves all or nothing",
          "[saga][supervisor][crash]") {
  const Deployment good = supervised();
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : {Keep::forced, Keep::all}) {
      for (const sim::Duration restart : {sim::Duration{10ms}, sim::Duration{4s}}) {
        point.crash.keep = keep;
        point.crash.restart_after = restart;
        INFO(point.text << ", keeps " << name_of(keep) << ", restarts after "
                        << sim::to_text(restart));
        const Deployment crashed = with_faults(good, {point.crash});
        const Facts facts = Run{crashed}.facts();
        REQUIRE((facts.assigned() == 0 || facts.assigned() == 2));
        REQUIRE(violated(crashed).empty());
      }
    }
  }
}

}  // namespace indoubt::test
