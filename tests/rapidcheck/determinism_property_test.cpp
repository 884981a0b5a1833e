#include "tests/support/rapidcheck.hpp"
#include "tests/support/world_runs.hpp"

namespace indoubt::test {

TEST_CASE("world: a run is a function of plan, seed and schedule", "[world][determinism][property]") {
  rc::prop("a fresh world, a reused one and a watched one agree",
           [](std::uint64_t number, std::uint64_t seed, std::uint64_t other_seed) {
             sim::World fresh = random_world(number);
             const sim::Schedule& schedule = fresh.plan().faults();
             const std::uint64_t digest = digest_of(fresh, seed, schedule);
             const sim::History history = fresh.history();

             sim::World reused = random_world(number);
             digest_of(reused, other_seed, {});
             digest_of(reused, other_seed, reused.plan().faults());
             RC_ASSERT(digest_of(reused, seed, reused.plan().faults()) == digest);
             RC_ASSERT(reused.history() == history);
             RC_ASSERT(reused.counters() == fresh.counters());
             RC_ASSERT(reused.end_reason() == fresh.end_reason());
             RC_ASSERT(reused.last_event() == fresh.last_event());

             watch(reused, seed, schedule);
             RC_ASSERT(reused.digest() == digest);
             RC_ASSERT(reused.history() == history);
           });
}

TEST_CASE("world: a copy made in the middle of a run goes on as its original does",
          "[world][determinism][property]") {
  rc::prop("after any number of steps", [](std::uint64_t number, std::uint64_t seed) {
    sim::World original = random_world(number);
    const sim::Schedule& schedule = original.plan().faults();
    digest_of(original, seed, schedule);
    const std::uint64_t digest = original.digest();
    const sim::History history = original.history();
    const auto steps = *rc::gen::inRange<std::uint64_t>(0, original.counters().events + 1);

    original.reset(seed, schedule);
    for (std::uint64_t i = 0; i < steps; ++i) original.step();
    sim::World copy = original;
    sim::World assigned = random_world(number + 1);
    digest_of(assigned, seed, {});
    assigned = original;
    const std::uint64_t digest_then = original.digest();

    run_to_end(copy);
    RC_ASSERT(copy.digest() == digest);
    RC_ASSERT(copy.history() == history);
    RC_ASSERT(original.digest() == digest_then);
    run_to_end(assigned);
    RC_ASSERT(assigned.digest() == digest);
    run_to_end(original);
    RC_ASSERT(original.digest() == digest);
    RC_ASSERT(original.counters() == copy.counters());
  });
}

TEST_CASE("world: runs with different seeds differ where there is chance", "[world][determinism]") {
  kit::Deployment deployment = random_deployment(1);
  deployment.network.latency = {sim::Distribution::Shape::exponential, 10ms};
  sim::World world{compile(deployment)};
  CHECK(digest_of(world, 1, {}) != digest_of(world, 2, {}));
}

}  // namespace indoubt::test
