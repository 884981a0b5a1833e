#include <algorithm>

#include "search/schedule/explicit.hpp"
#include "tests/support/rapidcheck.hpp"
#include "tests/support/world_runs.hpp"

namespace indoubt::test {
namespace {

bool leaves_nothing_to_chance(const sim::Schedule& schedule) {
  return std::none_of(schedule.begin(), schedule.end(), [](const sim::Fault& fault) {
    return fault.trigger == sim::Trigger::every;
  });
}

/// Every place is one of a handling, and every fault on messages is on one sending.
bool is_in_saved_form(const sim::Schedule& schedule) {
  return std::all_of(schedule.begin(), schedule.end(), [](const sim::Fault& fault) {
    if (fault.trigger == sim::Trigger::place) return fault.place.handling.has_value();
    return fault.trigger != sim::Trigger::match || (fault.match.from && fault.match.nth);
  });
}

}  // namespace

TEST_CASE("explicit: a run made explicit has the same digest without any chance", "[explicit][property]") {
  rc::prop("random deployments", [](std::uint64_t number, std::uint64_t seed) {
    sim::World world = random_world(number);
    const sim::Plan& plan = world.plan().plan();
    const std::uint64_t digest = digest_of(world, seed, plan.faults);
    const sim::RunCounters counters = world.counters();
    const sim::EndReason end = world.end_reason();

    const sim::Schedule schedule = search::make_explicit(world, seed, plan.faults);
    RC_ASSERT(world.digest() == digest);
    RC_ASSERT(leaves_nothing_to_chance(schedule));
    const sim::Schedule fired =
        search::make_explicit(world, seed, plan.faults, search::Unfired::leave_out);
    RC_ASSERT(is_in_saved_form(fired));

    sim::World without{std::make_shared<const sim::CompiledPlan>(search::without_chance(plan))};
    RC_CLASSIFY(counters.lost + counters.duplicated > 0, "chance on messages");
    RC_CLASSIFY(schedule.size() > plan.faults.size() + 10, "more than ten faults by chance");
    RC_CLASSIFY(counters.faults > 3, "more than three faults took place");
    RC_ASSERT(digest_of(without, seed, fired) == digest);
    RC_ASSERT(digest_of(without, seed, schedule) == digest);
    RC_ASSERT(without.counters().events == counters.events);
    RC_ASSERT(without.counters().messages == counters.messages);
    RC_ASSERT(without.counters().lost == counters.lost);
    RC_ASSERT(without.counters().corrupted == counters.corrupted);
    RC_ASSERT(without.counters().duplicated == counters.duplicated);
    RC_ASSERT(without.end_reason() == end);

    // Once more changes nothing.
    RC_ASSERT(search::make_explicit(without, seed, schedule) == schedule);
  });
}

}  // namespace indoubt::test
