#include "tests/support/crash_points.hpp"
#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"

// Sagas, crashed once at every point of its good case, and at every point of one
// that is undone.
namespace indoubt::test {
namespace {

constexpr Keep all_keeps[] = {Keep::forced, Keep::some, Keep::all, Keep::torn};

bool is_coordinator(const CrashPoint& point) { return point.crash.nodes.front() == "orders"; }

/// What makes the order durable, by style: a record, or on queues the event that is the order.
struct Beginning {
  std::string unforced;  ///< what the coordinator has done if it may be durable
  std::string durable;
};

const Beginning& beginning(const std::string& style) {
  static const Beginning orchestrated{"append step_begun", "forced step_begun"};
  static const Beginning choreographed{"append order_created", "forced order_created"};
  static const Beginning queued{"send publish", "send publish"};
  if (is_queued(style)) return queued;
  return is_choreographed(style) ? choreographed : orchestrated;
}

/// Without a durable intent the coordinator knows nothing of the order, and neither does anybody
/// else. With it every step is tried again under the same id, so that the order comes through. One
/// unforced record may be kept or not.
enum class Expected { nothing, as_kept, placed };

Expected expected_at(const CrashPoint& point, const Beginning& first) {
  if (!is_coordinator(point) || point.has_done(first.durable)) return Expected::placed;
  return point.has_done(first.unforced) ? Expected::as_kept : Expected::nothing;
}

bool can_be_placed(Expected expected, Keep keep) {
  return expected == Expected::placed ||
         (expected == Expected::as_kept && (keep == Keep::some || keep == Keep::all));
}
bool can_be_nothing(Expected expected, Keep keep) {
  return expected == Expected::nothing || (expected == Expected::as_kept && keep != Keep::all);
}

/// With group commit a record can be written before the reply leaves that it says has left. A crash
/// in between keeps it or not, and the client may know nothing.
bool is_client_forgotten(const CrashPoint& point) {
  const bool is_told = point.has_done("send placed") || point.has_done("send not_placed");
  return is_coordinator(point) && point.has_done("append end") && !is_told;
}

void require_whole(const Facts& facts, std::size_t services) {
  REQUIRE_FALSE(facts.is_split());
  REQUIRE_FALSE((facts.has(FactKind::placed) && facts.has(FactKind::not_placed)));
  REQUIRE((facts.assigned() == 0 || facts.assigned() == services));
}

/// A service that comes back in time, a coordinator whenever it comes back.
void require_repaired(const CrashPoint& point, const Beginning& first, const Facts& facts,
                      std::size_t services) {
  require_whole(facts, services);
  const Expected expected = expected_at(point, first);
  const bool is_placed = facts.assigned() == services;
  REQUIRE((is_placed ? can_be_placed(expected, point.crash.keep)
                     : can_be_nothing(expected, point.crash.keep)));
  if (!is_client_forgotten(point)) REQUIRE(facts.has(FactKind::placed) == is_placed);
  REQUIRE_FALSE(facts.has(FactKind::not_placed));
}

/// Before the next message arrives, a little later, and before a step is tried for the last time.
constexpr sim::Duration restarts[] = {2ms, 10ms, 500ms};

Deployment one_order(const std::string& style, std::size_t services, bool group_commit) {
  return with_group_commit(saga(style, services), group_commit);
}

/// All steps before the last one are undone.
Deployment undone_order(const std::string& style, std::size_t services, bool group_commit) {
  return with_nothing_at(one_order(style, services, group_commit), services);
}

}  // namespace

TEST_CASE("saga: a crash at any point of the good case only delays it", "[saga][crash]") {
  const std::string style = GENERATE("orchestrated", "choreographed", "locking", "supervised",
                                     "queued", "queued-locking");
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order(style, services, GENERATE(false, true));
  std::size_t fired = 0;
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : all_keeps) {
      for (const sim::Duration restart : restarts) {
        point.crash.keep = keep;
        point.crash.restart_after = restart;
        INFO(style << ": " << point.text << ", keeps " << name_of(keep) << ", restarts after "
                   << sim::to_text(restart));
        const Run run{with_faults(good, {point.crash})};
        REQUIRE(run.all_faults_fired());
        REQUIRE(run.world().end_reason() == sim::EndReason::rest);
        require_repaired(point, beginning(style), run.facts(), services);
        ++fired;
      }
    }
  }
  // Effects, orchestrated: coordinator 5 for the first step, 7 for each other, 4 + n + 1 for the
  // pivot, n + 1 at the end; service 3 for the step and 3 to complete it.
  REQUIRE(fired / (4 * std::size(restarts)) > 5 + 7 * (services - 1) + 8 * services);
}

TEST_CASE(
    "saga: a service that is away for longer than a step is tried is compensated "
    "(orchestrated)",
    "[saga][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order("orchestrated", services, GENERATE(false, true));
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
      // Only an answer that has left spares a service that.
      const bool is_unknown = !is_coordinator(point) && !point.has_done("send step_done");
      REQUIRE(facts.has(FactKind::not_placed) == is_unknown);
      if (is_unknown) REQUIRE(facts.assigned() == 0);
      undone += is_unknown ? 1u : 0u;
    }
  }
  REQUIRE(undone > 4 * services);
}

TEST_CASE("saga: a crash at any point of an order that is undone ends with nothing taken",
          "[saga][crash]") {
  const std::string style = GENERATE("orchestrated", "choreographed", "locking", "supervised",
                                     "queued", "queued-locking");
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{3});
  const Deployment undone = undone_order(style, services, GENERATE(false, true));
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
      const bool is_forgotten = is_coordinator(point) && !point.has_done(beginning(style).durable);
      if (!is_forgotten && !is_client_forgotten(point)) REQUIRE(facts.has(FactKind::not_placed));
      const bool is_rejected =
          point.has_done("append compensating") || point.has_done("append order_rejected");
      compensating += is_rejected ? 1u : 0u;
    }
  }
  REQUIRE(compensating > 4 * services);
}

TEST_CASE(
    "saga: without its coordinator an order stays as it is, and splits nobody "
    "(orchestrated)",
    "[saga][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order("orchestrated", services, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    if (!is_coordinator(point)) continue;
    for (const Keep keep : all_keeps) {
      point.crash.keep = keep;
      INFO(point.text << ", keeps " << name_of(keep) << ", stays down");
      const Facts facts = Run{with_faults(good, {point.crash})}.facts();
      REQUIRE_FALSE(facts.is_split());
      REQUIRE_FALSE(facts.has(FactKind::not_placed));
      if (facts.has(FactKind::placed)) REQUIRE(facts.assigned() == services);
    }
  }
}

TEST_CASE("saga: one that is lost keeps no other service from undoing its step (orchestrated)",
          "[saga][crash]") {
  const Deployment good = one_order("orchestrated", 3, GENERATE(false, true));
  for (CrashPoint point : crash_points(good)) {
    if (is_coordinator(point)) continue;
    INFO(point.text << ", stays down");
    const Facts facts = Run{with_faults(good, {point.crash})}.facts();
    const bool is_told = point.has_done("send step_done");
    REQUIRE(facts.has(FactKind::placed) == is_told);
    REQUIRE(facts.has(FactKind::not_placed) == !is_told);
    for (std::size_t i = 1; i <= 3; ++i) {
      const std::string service = "s" + std::to_string(i);
      if (service == point.crash.nodes.front()) continue;
      REQUIRE(facts.assigned({.node = service}) == (is_told ? 1 : 0));
    }
  }
}

TEST_CASE("saga: a crash of everybody at once, at any point, ends with all or nothing",
          "[saga][crash]") {
  const std::string style = GENERATE("orchestrated", "choreographed", "locking", "supervised",
                                     "queued", "queued-locking");
  const std::size_t services = 2;
  const Deployment base = GENERATE_COPY(one_order(style, 2, false), undone_order(style, 2, false),
                                        one_order(style, 2, true));
  for (CrashPoint point : crash_points(base)) {
    for (const Keep keep : all_keeps) {
      point.crash.keep = keep;
      point.crash.restart_after = 50ms;
      for (const auto& node : base.nodes) {
        if (node.name != point.crash.nodes.front()) point.crash.nodes.push_back(node.name);
      }
      INFO(style << ": " << point.text << ", keeps " << name_of(keep) << ", and all others");
      const Facts facts = Run{with_faults(base, {point.crash})}.facts();
      require_whole(facts, services);
      if (facts.has(FactKind::placed)) REQUIRE(facts.assigned() == services);
      if (facts.has(FactKind::not_placed)) REQUIRE(facts.assigned() == 0);
      point.crash.nodes.resize(1);
    }
  }
}

TEST_CASE(
    "saga: whoever is away for longer than the order may take leaves nothing half done "
    "(choreographed)",
    "[saga][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order("choreographed", services, GENERATE(false, true));
  std::size_t timed_out = 0;
  for (CrashPoint point : crash_points(good)) {
    for (const Keep keep : all_keeps) {
      point.crash.keep = keep;
      point.crash.restart_after = 3s;
      INFO(point.text << ", keeps " << name_of(keep));
      const Run run{with_faults(good, {point.crash})};
      REQUIRE(run.world().end_reason() == sim::EndReason::rest);
      const Facts facts = run.facts();
      require_whole(facts, services);
      if (!is_client_forgotten(point)) {
        REQUIRE(facts.has(FactKind::placed) == (facts.assigned() == services));
      }
      timed_out += facts.has(FactKind::not_placed) ? 1u : 0u;
    }
  }
  REQUIRE(timed_out > 4 * services);
}

}  // namespace indoubt::test
