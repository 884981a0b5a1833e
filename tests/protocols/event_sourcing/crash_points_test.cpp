#include "tests/support/crash_points.hpp"
#include "tests/support/catch.hpp"

// An event-sourced saga, crashed once at every point of its good case, and at every point of one
// that is undone.
namespace indoubt::test {
namespace {

constexpr Keep all_keeps[] = {Keep::forced, Keep::some, Keep::all, Keep::torn};

bool is_coordinator(const CrashPoint& point) { return point.crash.nodes.front() == "orders"; }

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

void require_whole(const Facts& facts, std::size_t services) {
  REQUIRE_FALSE(facts.is_split());
  REQUIRE_FALSE((facts.has(FactKind::placed) && facts.has(FactKind::not_placed)));
  REQUIRE((facts.assigned() == 0 || facts.assigned() == services));
  if (facts.has(FactKind::placed)) REQUIRE(facts.assigned() == services);
  if (facts.has(FactKind::not_placed)) REQUIRE(facts.assigned() == 0);
}

Deployment one_order(std::size_t services, bool group_commit, std::int64_t checkpoint) {
  Deployment made = deployment("event-sourcing", services);
  made.nodes.push_back({.name = "event-store", .role = "event-store", .host = {}});
  for (auto& node : made.nodes) node.disk.group_commit = group_commit;
  made.protocol.options = {{"checkpoint", checkpoint}};
  return made;
}

/// Before the next message arrives, a little later, and before the order takes too long.
constexpr sim::Duration restarts[] = {2ms, 10ms, 500ms};

}  // namespace

TEST_CASE("event sourcing: a crash at any point of the good case only delays it", "[es][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const std::int64_t checkpoint = GENERATE(std::int64_t{1}, std::int64_t{10});
  const Deployment good = one_order(services, GENERATE(false, true), checkpoint);
  std::size_t fired = 0;
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : all_keeps) {
      for (const sim::Duration restart : restarts) {
        point.crash.keep = keep;
        point.crash.restart_after = restart;
        INFO(point.text << ", keeps " << name_of(keep) << ", restarts after "
                        << sim::to_text(restart));
        const Run run{with_faults(good, {point.crash})};
        REQUIRE(run.all_faults_fired());
        REQUIRE(run.world().end_reason() == sim::EndReason::rest);
        const Facts facts = run.facts();
        require_whole(facts, services);
        REQUIRE(facts.assigned() == (is_forgotten(point) ? 0 : services));
        if (!is_client_forgotten(point)) {
          REQUIRE(facts.has(FactKind::placed) == !is_forgotten(point));
        }
        ++fired;
      }
    }
  }
  // Effects: coordinator 2 for the request, 3 + n and 4 for the events, 2 for the last answer;
  // store 3 for each event; a service 3.
  REQUIRE(fired / (4 * std::size(restarts)) > 17 + 4 * services);
}

TEST_CASE("event sourcing: a service that is away for too long is compensated", "[es][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(services, GENERATE(false, true), 10);
  std::size_t undone = 0;
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : all_keeps) {
      point.crash.keep = keep;
      point.crash.restart_after = 3s;
      INFO(point.text << ", keeps " << name_of(keep));
      const Run run{with_faults(good, {point.crash})};
      REQUIRE(run.world().end_reason() == sim::EndReason::rest);
      const Facts facts = run.facts();
      require_whole(facts, services);
      const bool is_service = point.crash.nodes.front().starts_with("s");
      // Only an answer that has left spares a service that.
      const bool is_unknown = is_service && !point.has_done("send taken");
      if (is_service) REQUIRE(facts.has(FactKind::not_placed) == is_unknown);
      undone += is_unknown ? 1u : 0u;
    }
  }
  REQUIRE(undone > 4 * services);
}

TEST_CASE("event sourcing: a crash at any point of an order that is undone leaves nothing taken",
          "[es][crash]") {
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{3});
  const std::int64_t checkpoint = GENERATE(std::int64_t{1}, std::int64_t{10});
  Deployment undone = one_order(services, GENERATE(false, true), checkpoint);
  undone.nodes[services].stock = {{"unit", 0}};
  const sim::Duration restart =
      GENERATE(sim::Duration{2ms}, sim::Duration{700ms}, sim::Duration{3s});
  std::size_t compensating = 0;
  for (CrashPoint point : crash_points(undone)) {
    for (const Keep keep : all_keeps) {
      point.crash.keep = keep;
      point.crash.restart_after = restart;
      INFO(point.text << ", keeps " << name_of(keep));
      const Run run{with_faults(undone, {point.crash})};
      REQUIRE(run.all_faults_fired());
      REQUIRE(run.world().end_reason() == sim::EndReason::rest);
      const Facts facts = run.facts();
      REQUIRE(facts.assigned() == 0);
      REQUIRE_FALSE(facts.has(FactKind::placed));
      if (!is_client_forgotten(point)) {
        REQUIRE(facts.has(FactKind::not_placed) == !is_forgotten(point));
      }
      compensating += point.has_done("send compensate") ? 1u : 0u;
    }
  }
  REQUIRE(compensating > 4 * services);
}

TEST_CASE("event sourcing: a crash of everybody at once, at any point, ends with all or nothing",
          "[es][crash]") {
  const std::size_t services = 2;
  Deployment undone = one_order(services, false, 1);
  undone.nodes[services].stock = {{"unit", 0}};
  const Deployment base =
      GENERATE_COPY(one_order(services, false, 1), one_order(services, true, 10), undone);
  for (CrashPoint point : crash_points(base)) {
    for (const Keep keep : all_keeps) {
      point.crash.keep = keep;
      point.crash.restart_after = 50ms;
      for (const auto& node : base.nodes) {
        if (node.name != point.crash.nodes.front()) point.crash.nodes.push_back(node.name);
      }
      INFO(point.text << ", keeps " << name_of(keep) << ", and all others");
      require_whole(Run{with_faults(base, {point.crash})}.facts(), services);
      point.crash.nodes.resize(1);
    }
  }
}

TEST_CASE("event sourcing: without its coordinator or its store an order splits nobody",
          "[es][crash]") {
  const std::size_t services = 2;
  const Deployment good = one_order(services, GENERATE(false, true), 1);
  for (CrashPoint point : crash_points(good)) {
    if (point.crash.nodes.front().starts_with("s")) continue;
    for (const Keep keep : all_keeps) {
      point.crash.keep = keep;
      INFO(point.text << ", keeps " << name_of(keep) << ", stays down");
      const Facts facts = Run{with_faults(good, {point.crash})}.facts();
      REQUIRE_FALSE(facts.is_split());
      if (facts.has(FactKind::placed)) REQUIRE(facts.assigned() == services);
    }
  }
}

}  // namespace indoubt::test
