#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "search/run/simulation.hpp"
#include "sim/world/world.hpp"
#include "tests/support/deployments.hpp"
#include "tests/support/recorder.hpp"

namespace indoubt::test {

inline void run_to_end(sim::World& world) {
  while (world.step()) {
  }
}

inline std::uint64_t digest_of(sim::World& world, std::uint64_t seed, const sim::Schedule& schedule) {
  world.reset(seed, schedule);
  run_to_end(world);
  return world.digest();
}

/// Everything that is seen of one run.
inline std::vector<Seen> watch(sim::World& world, std::uint64_t seed, const sim::Schedule& schedule) {
  Recorder recorder{world.plan().plan()};
  world.observe(&recorder);
  digest_of(world, seed, schedule);
  world.observe(nullptr);
  return std::move(recorder.seen);
}

inline std::shared_ptr<const sim::CompiledPlan> compile(const kit::Deployment& deployment) {
  return search::make_simulation(deployment).plan;
}

/// A world of the random deployment of this number.
inline sim::World random_world(std::uint64_t number) {
  return sim::World{compile(random_deployment(number))};
}

}  // namespace indoubt::test
