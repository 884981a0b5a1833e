#include "tests/support/crash_points.hpp"
#include "tests/protocols/saga/styles.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/crash_outcomes.hpp"
#include "tests/support/each_crash.hpp"

// Sagas, crashed once at every point of its good case, and at every point of one
// that is undone.
namespace indoubt::test {
namespace {

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
/// else. With it every step is tried again under the same id, so that the order comes through.
Expected expected_at(const CrashPoint& point, const Beginning& first) {
  if (!is_coordinator(point) || point.has_done(first.durable)) return Expected::commit;
  return point.has_done(first.unforced) ? Expected::as_kept : Expected::abort;
}

/// With group commit a record can be written before the reply leaves that it says has left. A crash
/// in between keeps it or not, and the client may know nothing.
bool is_client_forgotten(const CrashPoint& point) {
  const bool is_told = point.has_done("send placed") || point.has_done("send not_placed");
  return is_coordinator(point) && point.has_done("append end") && !is_told;
}

/// A service that comes back in time, a coordinator whenever it comes back.
void require_delayed(const CrashPoint& point, const Beginning& first, const Facts& facts,
                     std::size_t services) {
  require_whole(facts, services);
  const bool is_placed = facts.assigned() == services;
  require_expected(on_disk(expected_at(point, first), point.crash.keep), is_placed);
  if (!is_client_forgotten(point)) REQUIRE(facts.has(FactKind::placed) == is_placed);
  REQUIRE_FALSE(facts.has(FactKind::not_placed));
}

/// Before the next message arrives, a little later, and before a step is tried for the last time.
const Restarts restarts{2ms, 10ms, 500ms};

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
  INFO(style);
  const std::size_t points = require_after_each_crash(
      {.of = good, .restarts = restarts}, [&](const CrashPoint& point, const Run& run) {
        require_delayed(point, beginning(style), run.facts(), services);
      });
  // Effects, orchestrated: coordinator 5 for the first step, 7 for each other, 4 + n + 1 for the
  // pivot, n + 1 at the end; service 3 for the step and 3 to complete it.
  REQUIRE(points > 5 + 7 * (services - 1) + 8 * services);
}

TEST_CASE(
    "saga: a service that is away for longer than a step is tried is compensated "
    "(orchestrated)",
    "[saga][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order("orchestrated", services, GENERATE(false, true));
  std::size_t undone = 0;
  require_after_each_crash(
      {.of = good, .restarts = {3s}}, [&](const CrashPoint& point, const Run& run) {
        const Facts facts = run.facts();
        require_whole(facts, services);
        // Only an answer that has left spares a service that.
        const bool is_unknown = !is_coordinator(point) && !point.has_done("send step_done");
        REQUIRE(facts.has(FactKind::not_placed) == is_unknown);
        if (is_unknown) REQUIRE(facts.assigned() == 0);
        undone += is_unknown ? 1u : 0u;
      });
  REQUIRE(undone > 4 * services);
}

TEST_CASE("saga: a crash at any point of an order that is undone ends with nothing taken",
          "[saga][crash]") {
  const std::string style = GENERATE("orchestrated", "choreographed", "locking", "supervised",
                                     "queued", "queued-locking");
  const std::size_t services = GENERATE(std::size_t{2}, std::size_t{3});
  const Deployment undone = undone_order(style, services, GENERATE(false, true));
  INFO(style);
  std::size_t compensating = 0;
  require_after_each_crash(
      {.of = undone, .restarts = {2ms, 700ms, 3s}}, [&](const CrashPoint& point, const Run& run) {
        const Facts facts = run.facts();
        REQUIRE(facts.assigned() == 0);
        REQUIRE_FALSE(facts.has(FactKind::placed));
        const bool is_known = !is_coordinator(point) || point.has_done(beginning(style).durable);
        if (is_known && !is_client_forgotten(point)) REQUIRE(facts.has(FactKind::not_placed));
        const bool is_rejected =
            point.has_done("append compensating") || point.has_done("append order_rejected");
        compensating += is_rejected ? 1u : 0u;
      });
  REQUIRE(compensating > 12 * services);  // 12 crashes at each point
}

TEST_CASE(
    "saga: without its coordinator an order stays as it is, and splits nobody "
    "(orchestrated)",
    "[saga][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order("orchestrated", services, GENERATE(false, true));
  const Crashes crashes{.of = good, .only_at = is_coordinator};
  require_after_each_crash(crashes, [&](const CrashPoint&, const Run& run) {
    const Facts facts = run.facts();
    REQUIRE_FALSE(facts.is_split());
    REQUIRE_FALSE(facts.has(FactKind::not_placed));
    if (facts.has(FactKind::placed)) REQUIRE(facts.assigned() == services);
  });
}

TEST_CASE("saga: one that is lost keeps no other service from undoing its step (orchestrated)",
          "[saga][crash]") {
  const Deployment good = one_order("orchestrated", 3, GENERATE(false, true));
  require_after_each_crash(
      {.of = good, .keep = {Keep::forced}, .only_at = std::not_fn(is_coordinator)},
      [](const CrashPoint& point, const Run& run) {
        const Facts facts = run.facts();
        const bool is_told = point.has_done("send step_done");
        REQUIRE(facts.has(FactKind::placed) == is_told);
        REQUIRE(facts.has(FactKind::not_placed) == !is_told);
        require_ended_without(point.node(), facts, is_told, 3);
      });
}

TEST_CASE("saga: a crash of everybody at once, at any point, ends with all or nothing",
          "[saga][crash]") {
  const std::string style = GENERATE("orchestrated", "choreographed", "locking", "supervised",
                                     "queued", "queued-locking");
  const Deployment base = GENERATE_COPY(one_order(style, 2, false), undone_order(style, 2, false),
                                        one_order(style, 2, true));
  INFO(style);
  require_after_each_crash(crashes_of_everybody(base), [](const CrashPoint&, const Run& run) {
    require_whole(run.facts(), 2);
  });
}

TEST_CASE(
    "saga: whoever is away for longer than the order may take leaves nothing half done "
    "(choreographed)",
    "[saga][crash]") {
  const std::size_t services = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3});
  const Deployment good = one_order("choreographed", services, GENERATE(false, true));
  std::size_t timed_out = 0;
  require_after_each_crash(
      {.of = good, .restarts = {3s}}, [&](const CrashPoint& point, const Run& run) {
        const Facts facts = run.facts();
        require_whole(facts, services);
        if (!is_client_forgotten(point)) {
          REQUIRE(facts.has(FactKind::placed) == (facts.assigned() == services));
        }
        timed_out += facts.has(FactKind::not_placed) ? 1u : 0u;
      });
  REQUIRE(timed_out > 4 * services);
}

}  // namespace indoubt::test
