#include "search/schedule/explicit.hpp"

#include <iterator>
#include <utility>

namespace indoubt::search {
namespace {

using sim::LinkQuality;
using sim::Plan;
using sim::PlannedLink;
using sim::Probability;
using sim::Schedule;
using sim::World;

void remove_chance(LinkQuality& quality) {
  quality.loss = quality.duplicate = quality.corrupt = Probability{};
}

}  // namespace

Schedule make_explicit(World& world, std::uint64_t seed, const Schedule& schedule, Unfired unfired) {
  ScheduleRecorder recorder{world};
  world.observe(&recorder);
  world.reset(seed, schedule);
  while (world.step()) world.clear_history();
  world.observe(nullptr);
  Schedule all = recorder.faults(unfired);
  Schedule chance = recorder.chance();
  std::move(chance.begin(), chance.end(), std::back_inserter(all));
  return all;
}

Plan without_chance(Plan plan) {
  remove_chance(plan.network);
  for (PlannedLink& link : plan.links) remove_chance(link.quality);
  return plan;
}

}  // namespace indoubt::search
