#include <algorithm>

#include "tests/protocols/reservation/ledger.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt;
using namespace indoubt::reservation::test;
using namespace std::chrono_literals;

// One crash before each effect of each handling of the good case, with each way to lose the
// unforced tail, and a restart 500ms later. What must come out depends on what was durable by then.
namespace {

enum class End { placed, not_placed, nothing_heard };

struct CrashPoint {
  const char* node;
  const char* kind;      ///< of the message that is being handled
  std::uint32_t effect;  ///< before which the node crashes
  End lost;              ///< if the tail is lost
  End kept;              ///< if it is kept
  const char* what;
};

const CrashPoint crash_points[] = {
    {"orders", "place_order", 1, End::nothing_heard, End::nothing_heard, "before anything"},
    {"orders", "place_order", 2, End::nothing_heard, End::not_placed, "reserving not forced"},
    {"orders", "place_order", 3, End::not_placed, End::not_placed, "reserving, none asked"},
    {"orders", "place_order", 4, End::not_placed, End::not_placed, "reserving, one asked"},
    {"orders", "place_order", 5, End::not_placed, End::not_placed, "reserving, both asked"},
    {"orders", "place_order", 6, End::not_placed, End::not_placed, "reserving, one timer"},
    {"store", "reserve", 1, End::not_placed, End::not_placed, "hold not written"},
    {"store", "reserve", 3, End::not_placed, End::not_placed, "hold not forced"},
    {"store", "reserve", 4, End::not_placed, End::not_placed, "held, not told"},
    {"store", "assign", 1, End::placed, End::placed, "held, assign arrived"},
    {"store", "assign", 3, End::placed, End::placed, "assigned not forced"},
    {"store", "assign", 4, End::placed, End::placed, "assigned, not told"},
};

/// The second answer of a kind is the one that moves the coordinator on.
const CrashPoint second_answers[] = {
    {"orders", "reserved", 1, End::not_placed, End::not_placed, "both held, nothing written"},
    {"orders", "reserved", 3, End::not_placed, End::placed, "assigning not forced"},
    {"orders", "reserved", 4, End::placed, End::placed, "assigning, none asked"},
    {"orders", "reserved", 5, End::placed, End::placed, "assigning, one asked"},
    {"orders", "reserved", 6, End::placed, End::placed, "assigning, both asked"},
    {"orders", "assigned", 1, End::placed, End::placed, "both assigned, nothing written"},
    {"orders", "assigned", 4, End::placed, End::placed, "placed not forced"},
    {"orders", "assigned", 5, End::placed, End::placed, "placed, not told"},
    {"orders", "assigned", 6, End::placed, End::placed, "placed and told"},
};

void check_end(const Run& run, End expected) {
  CHECK(run.wrong.empty());
  CHECK(run.violated.empty());
  CHECK(run.unfired == 0);
  CHECK(run.end == sim::EndReason::rest);
  CHECK(run.placed(1) == (expected == End::placed));
  CHECK(run.not_placed(1) == (expected == End::not_placed));
  CHECK(run.assigned(1) == (expected == End::placed ? 2 : 0));
}

void check_point(const CrashPoint& point, std::uint32_t nth) {
  for (const sim::Keep keep : {sim::Keep::forced, sim::Keep::all, sim::Keep::torn}) {
    INFO(point.node << " handling " << point.kind << ", before effect " << point.effect << ": "
                    << point.what << ", keeps " << sim::name_of(keep));
    auto deployment = food_delivery(1, 1, 1);
    deployment.faults = {crash_before(point.node, point.kind, point.effect, keep, 500ms)};
    deployment.faults[0].place.handling->nth = nth;
    check_end(Run{deployment, 1}, keep == sim::Keep::all ? point.kept : point.lost);
  }
}

}  // namespace

TEST_CASE("reservation: a crash before each effect of the good case", "[reservation][crash]") {
  for (const CrashPoint& point : crash_points) check_point(point, 1);
  for (const CrashPoint& point : second_answers) check_point(point, 2);
}

TEST_CASE("reservation: a crash while releasing ends in nothing taken", "[reservation][crash]") {
  const char* const node = GENERATE("orders", "store");
  const std::uint32_t effect = GENERATE(range(1u, 9u));
  const sim::Keep keep = GENERATE(sim::Keep::forced, sim::Keep::all, sim::Keep::torn);
  auto deployment = food_delivery(1, 1, 1);
  deployment.nodes[2].decline = sim::Probability{1'000'000'000};
  const char* const kind = std::string_view{node} == "orders" ? "none" : "release";
  deployment.faults = {crash_before(node, kind, effect, keep, 500ms)};
  const Run run{deployment, 1};
  CAPTURE(node, effect, sim::name_of(keep));
  CHECK(run.wrong.empty());
  CHECK(run.violated.empty());
  CHECK(run.not_placed(1));
  CHECK(run.assigned(1) == 0);
  // A release that was lost with its record is made again.
  const bool is_made_again =
      std::string_view{node} == "store" && run.count(sim::FactKind::lost) != 0;
  CHECK(run.count(sim::FactKind::released) == (is_made_again ? 2u : 1u));
}

TEST_CASE(
    "reservation: an assignment goes on after a crash until the deadline and is undone after it",
    "[reservation][crash]") {
  auto deployment = food_delivery(1, 1, 1);
  auto crash = crash_before("orders", "reserved", 5, sim::Keep::forced, 500ms);
  crash.place.handling->nth = 2;  // the store was told to assign, the courier was not
  SECTION("in time") {
    crash.restart_after = 3s;
    deployment.faults = {crash};
    const Run run{deployment, 1};
    check_end(run, End::placed);
    CHECK(run.count(sim::FactKind::expired) == 0);
  }
  SECTION("too late") {
    crash.restart_after = 4s;
    deployment.faults = {crash};
    const Run run{deployment, 1};
    check_end(run, End::not_placed);
    CHECK(run.count(sim::FactKind::assigned) == 1);
    CHECK(run.count(sim::FactKind::released) == 2);
  }
  SECTION("in time by a clock that was set back: the courier's own clock refuses") {
    crash.restart_after = 6s;
    deployment.faults = {crash, jump_at("orders", 1s, -5s)};
    const Run run{deployment, 1};
    check_end(run, End::not_placed);
    CHECK(run.count(sim::FactKind::expired) == 1);
    CHECK(run.messages.at("expired") == 1);
  }
}

TEST_CASE("reservation: a service that was down when its hold ran out frees it before it serves",
          "[reservation][crash]") {
  auto deployment = food_delivery(1, 1, 1);
  auto crash = crash_before("courier", "assign", 1, sim::Keep::all, 6s);
  deployment.faults = {crash};
  const Run run{deployment, 1};
  check_end(run, End::not_placed);
  const auto expired = std::find_if(run.history.begin(), run.history.end(), [](const auto& fact) {
    return fact.kind == sim::FactKind::expired;
  });
  REQUIRE(expired != run.history.end());
  CHECK((expired - 1)->kind == sim::FactKind::restarted);
  CHECK(run.count(sim::FactKind::released) == 1);
}

TEST_CASE("reservation: a coordinator that is down for good leaves holds that run out, and no more",
          "[reservation][crash]") {
  auto deployment = food_delivery(1, 1, 1);
  auto crash = crash_before("orders", "reserved", 1, sim::Keep::all, std::nullopt);
  crash.place.handling->nth = 2;
  deployment.faults = {crash};
  const Run run{deployment, 1};
  CHECK(run.wrong.empty());
  CHECK(run.count(sim::FactKind::expired) == 2);
  CHECK_FALSE(run.placed(1));
}
