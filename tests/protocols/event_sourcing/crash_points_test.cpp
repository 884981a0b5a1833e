#include "tests/support/crash_points.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/crash_outcomes.hpp"
#include "tests/support/each_crash.hpp"

// An event-sourced saga, crashed once at every point of its good case, and at every point of one
// that is undone.
namespace indoubt::test {
namespace {

bool is_service(const CrashPoint& point) { return point.node().starts_with("s"); }

/// Nothing of the order has left the node that crashed.
bool is_forgotten(const CrashPoint& point) {
  return is_coordinator(point) && !point.has_done("send append");
}

/// With group commit a record can be written before the reply leaves that it says has left. A crash
/// in between keeps it or not, and the client may know nothing.
bool is_client_forgotten(const CrashPoint& point) {
  const bool is_told = point.has_done("send placed") || point.has_done("send not_placed");
  return is_coordinator(point) && point.has_done("append client_told") && !is_told;
}

Deployment one_order(std::size_t services, bool group_commit, std::int64_t checkpoint) {
  Deployment made = deployment("event-sourcing", services);
  made.nodes.push_back({.name = "event-store", .role = "event-store", .host = {}});
  made.protocol.options = {{"checkpoint", checkpoint}};
  return with_group_commit(made, group_commit);
}

/// Before the next message arrives, a little later, and before the order takes too long.
const Restarts restarts{2ms, 10ms, 500ms};

}  // namespace

TEST_CASE("event sourcing: a crash at any point of the good case only delays it", "[es][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const std::int64_t checkpoint = GENERATE(std::int64_t{1}, std::int64_t{10});
  const Deployment good = one_order(services, GENERATE(false, true), checkpoint);
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = restarts}, [&](const CrashPoint& point, const Run& run) {
        const Facts facts = run.facts();
        require_whole(facts, services);
        REQUIRE(facts.assigned() == (is_forgotten(point) ? 0 : services));
        if (!is_client_forgotten(point)) {
          REQUIRE(facts.has(FactKind::placed) == !is_forgotten(point));
        }
      });
  // Effects: coordinator 2 for the request, 3 + n and 4 for the events, 2 for the last answer;
  // store 3 for each event; a service 3.
  REQUIRE(points > 17 + 4 * services);
}

TEST_CASE("event sourcing: a service that is away for too long is compensated", "[es][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(services, GENERATE(false, true), 10);
  std::size_t undone = 0;
  require_after_each_crash(
      {.of = good, .restarts = {3s}}, [&](const CrashPoint& point, const Run& run) {
        const Facts facts = run.facts();
        require_whole(facts, services);
        // Only an answer that has left spares a service that.
        const bool is_unknown = is_service(point) && !point.has_done("send taken");
        if (is_service(point)) REQUIRE(facts.has(FactKind::not_placed) == is_unknown);
        undone += is_unknown ? 1u : 0u;
      });
  REQUIRE(undone > 4 * services);
}

TEST_CASE("event sourcing: a crash at any point of an order that is undone leaves nothing taken",
          "[es][crash]") {
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{3});
  const std::int64_t checkpoint = GENERATE(std::int64_t{1}, std::int64_t{10});
  Deployment undone = one_order(services, GENERATE(false, true), checkpoint);
  undone.nodes[services].stock = {{"unit", 0}};
  std::size_t compensating = 0;
  const Crashes crashes{.of = undone, .restarts = {2ms, 700ms, 3s}};
  require_after_each_crash(crashes, [&](const CrashPoint& point, const Run& run) {
    const Facts facts = run.facts();
    REQUIRE(facts.assigned() == 0);
    REQUIRE_FALSE(facts.has(FactKind::placed));
    if (!is_client_forgotten(point)) {
      REQUIRE(facts.has(FactKind::not_placed) == !is_forgotten(point));
    }
    compensating += point.has_done("send compensate") ? 1u : 0u;
  });
  REQUIRE(compensating > 12 * services);  // 12 crashes at each point
}

TEST_CASE("event sourcing: a crash of everybody at once, at any point, ends with all or nothing",
          "[es][crash]") {
  const std::size_t services = 2;
  Deployment undone = one_order(services, false, 1);
  undone.nodes[services].stock = {{"unit", 0}};
  const Deployment base =
      GENERATE_COPY(one_order(services, false, 1), one_order(services, true, 10), undone);
  require_after_each_crash(crashes_of_everybody(base), [&](const CrashPoint&, const Run& run) {
    require_whole(run.facts(), services);
  });
}

TEST_CASE("event sourcing: without its coordinator or its store an order splits nobody",
          "[es][crash]") {
  const std::size_t services = 2;
  const Deployment good = one_order(services, GENERATE(false, true), 1);
  const Crashes crashes{.of = good, .only_at = std::not_fn(is_service)};
  require_after_each_crash(crashes, [&](const CrashPoint&, const Run& run) {
    const Facts facts = run.facts();
    REQUIRE_FALSE(facts.is_split());
    if (facts.has(FactKind::placed)) REQUIRE(facts.assigned() == services);
  });
}

}  // namespace indoubt::test
