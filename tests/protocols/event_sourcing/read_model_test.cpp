#include <string>

#include "tests/protocols/event_sourcing/followed.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/costs.hpp"
#include "tests/support/crash_points.hpp"
#include "tests/support/deliveries.hpp"
#include "tests/support/each_crash.hpp"
#include "tests/support/verdicts.hpp"

// A read model of event-sourced orders: it shows which are placed, each once, and no others.
namespace indoubt::test {
namespace {

constexpr std::uint32_t orders = 2;
using sim::Action;

const std::string viewer = "read-model";

void require_shown(const Facts& facts) {
  for (std::uint32_t order = 1; order <= orders; ++order) {
    REQUIRE(effects(facts, order, viewer) == (facts.decided(Outcome::commit, order) ? 1 : 0));
  }
}

/// How often some crash of the read model's has the half measure break this.
std::size_t broken_by_crashes(const std::string& token, std::string_view property) {
  const Deployment made = followed(token);
  std::size_t broken = 0;
  for_each_crash({.of = made,
                  .restarts = {10ms},
                  .only_at = [](const CrashPoint& point) { return point.node() == viewer; }},
                 [&](const CrashPoint&, const Deployment& crashed) {
                   const std::vector<std::string> lost = violated(crashed);
                   REQUIRE((lost.empty() || lost == std::vector{std::string{property}}));
                   broken += lost.size();
                 });
  return broken;
}

}  // namespace

TEST_CASE("event sourcing: a read model costs 8 messages and a forced write an order more",
          "[es][costs]") {
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  Deployment made = followed("with-view", n);
  made.workload.orders = 1;
  made.protocol.options = {{"read_model", true}};
  const Costs costs{made};
  REQUIRE(costs.run().facts().count(FactKind::applied) == 1);
  REQUIRE(costs.messages({"grown", "read", "page_end"}) == 6);
  REQUIRE(costs.run().world().counters().messages == 2 * n + 4 + 8);
  REQUIRE(costs.run().world().counters().forced_writes == n + 2 + 1);
  REQUIRE(costs.forces(viewer) == 1);
  REQUIRE(costs.records(viewer) == 2);
}

TEST_CASE("event sourcing: a crash of anybody at any point has the read model show what is placed",
          "[es][crash]") {
  const Deployment made = with_group_commit(followed(), GENERATE(false, true));
  const std::size_t points = require_after_each_crash(
      {.of = made, .restarts = {2ms, 30ms, 500ms}},
      [&](const CrashPoint&, const Run& run) { require_shown(run.facts()); });
  REQUIRE(points > 60);
}

TEST_CASE("event sourcing: a crash of everybody at once has the read model show what is placed",
          "[es][crash]") {
  require_after_each_crash(crashes_of_everybody(followed()),
                           [](const CrashPoint&, const Run& run) { require_shown(run.facts()); });
}

TEST_CASE("event sourcing: a read model whose disk came back empty reads everything again",
          "[es][crash]") {
  NamedFault gone = crash_at(viewer, 300ms, Keep::forced, 10ms);
  gone.damage.wipe = true;
  const Run run{with_faults(followed(), {gone})};
  REQUIRE(run.all_faults_fired());
  require_shown(run.facts());
}

// The second order's page is read, but not on disk, when the read model asks once more: so the
// store is silent. The crash takes it, and an end that comes late says that there is nothing
// behind.
TEST_CASE("event sourcing: the end of a page from before a crash is not the end of the log",
          "[es][crash]") {
  Deployment made = followed();
  made.workload.arrivals = sim::Distribution::constant(500ms);
  made.protocol.options.back() = {"poll", sim::Duration{100ms}};
  const auto ends = [](std::uint32_t nth) {
    return messages("page_end", "event-store", viewer, nth);
  };
  const Run run{with_faults(
      made, {on_messages(Action::duplicate, ends(1), 800ms), on_messages(Action::drop, ends(3)),
             crash_at(viewer, 1322ms, Keep::forced, 10ms),
             on_messages(Action::drop, messages("read", viewer, "event-store", 5))})};
  REQUIRE(run.all_faults_fired());
  require_shown(run.facts());
}

TEST_CASE("event sourcing: nobody tells a read model of a log that is shorter than its token",
          "[es][crash]") {
  NamedFault restored = crash_at("event-store", 300ms, Keep::forced, 10ms);
  restored.damage.rollback = 255ms;
  CHECK_FALSE(contains(violated(with_faults(followed(), {restored})), "quiescence"));
}

TEST_CASE("event sourcing: a token that is not in the view's transaction costs one or the other",
          "[es][crash]") {
  CHECK(broken_by_crashes("before-view", "no-loss") > 0);
  CHECK(broken_by_crashes("after-view", "exactly-once") > 0);
  CHECK(broken_by_crashes("with-view", "nothing") == 0);
}

TEST_CASE("event sourcing: a read model that is lost for good owes what is placed", "[es][crash]") {
  const Deployment made = with_faults(followed(), {crash_at(viewer, 1ms, Keep::forced, {})});
  CHECK(violated(made) == std::vector<std::string>{});
  CHECK(owed(made) == std::vector<std::string>{"no-loss"});
}

}  // namespace indoubt::test
