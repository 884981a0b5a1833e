#include "search/schedule/swarm.hpp"

#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

constexpr std::uint32_t everything = sim::all_actions;

/// a pings b and c, and they do nothing about it.
Toy pinging() {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  const auto c = toy.add("c");
  toy.script(a).on<sim::Start>({ping(b, 1), ping(c, 2), ping(b, 3)});
  return toy;
}

/// What a plan's runs do, by one of them.
search::Profile profile_of(const std::shared_ptr<const sim::CompiledPlan>& plan) {
  sim::World world{plan};
  search::Profiler profiler{world};
  world.observe(&profiler);
  world.reset(1);
  while (world.step()) {
  }
  profiler.finish_run();
  return profiler.profile();
}

}  // namespace

TEST_CASE("profile: effects, sendings and the end of a run are counted", "[explore]") {
  const auto plan = pinging().run(1).plan;
  const search::Profile profile = profile_of(plan);
  CHECK(profile.effects[0] == 3);
  CHECK(profile.effects[1] == 0);
  REQUIRE(profile.sendings.size() == 2);
  CHECK(profile.sendings[0].to == sim::NodeId{1});
  CHECK(profile.sendings[0].count == 2);
  CHECK(profile.sendings[1].count == 1);
  CHECK(profile.end == sim::TrueTime{5ms});
}

TEST_CASE("swarm: a seed draws the same schedule whatever was drawn before", "[explore]") {
  const auto plan = pinging().run(1).plan;
  const search::SwarmOptions options{.actions = everything, .waits = {1s}};
  search::Swarm one{plan->plan(), profile_of(plan), options};
  search::Swarm other{plan->plan(), profile_of(plan), options};
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const auto drawn = one.draw(seed);
    const sim::Schedule first{drawn.begin(), drawn.end()};
    other.draw(1000 - seed);
    const auto again = other.draw(seed);
    CHECK(first == sim::Schedule{again.begin(), again.end()});
  }
}

TEST_CASE("swarm: schedules have the plan's own faults, names of their own, and an end",
          "[explore]") {
  Toy toy = pinging();
  sim::Fault& own = toy.fault_at(1ms, sim::Action::pause, {sim::NodeId{1}});
  own.id = "crash-1";
  toy.plan.faults = toy.faults;
  const auto plan = toy.run(1).plan;
  search::Swarm swarm{plan->plan(), profile_of(plan), {.actions = everything, .waits = {1s}}};
  std::set<std::size_t> sizes;
  std::set<sim::Action> actions;
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    const auto drawn = swarm.draw(seed);
    REQUIRE(drawn.size() > 1);
    CHECK(drawn.front() == plan->faults().front());
    sizes.insert(drawn.size());
    std::set<std::string> names;
    for (const sim::Fault& fault : drawn) {
      names.insert(fault.id);
      actions.insert(fault.action);
      CHECK(fault.trigger != sim::Trigger::every);
      if (fault.trigger == sim::Trigger::at) CHECK(fault.at < plan->limits().quiet_after);
      if (fault.action == sim::Action::partition) {
        REQUIRE(fault.groups.size() == 2);
        CHECK_FALSE(fault.groups[0].empty());
        CHECK_FALSE(fault.groups[1].empty());
      }
    }
    CHECK(names.size() == drawn.size());
  }
  CHECK(actions.size() == sim::action_count);
  CHECK(sizes.size() > 5);
}

TEST_CASE("swarm: harm is drawn where it is asked for, and changes nothing else", "[explore]") {
  const auto plan = pinging().run(1).plan;
  search::Swarm plain{plan->plan(), profile_of(plan), {.actions = everything, .waits = {1s}}};
  search::Swarm harmful{
      plan->plan(), profile_of(plan), {.actions = everything | sim::all_harms, .waits = {1s}}};
  std::uint32_t harms = 0;
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    const auto drawn = plain.draw(seed);
    sim::Schedule worse{drawn.begin(), drawn.end()};
    const auto harmed = harmful.draw(seed);
    REQUIRE(harmed.size() == worse.size());
    for (std::size_t i = 0; i < worse.size(); ++i) {
      const sim::Fault& fault = harmed[i];
      CHECK(worse[i].damage == sim::Damage{});
      CHECK(worse[i].disk != sim::DiskFault::lying);
      if (fault.damage.wipe) harms |= sim::bit_of(sim::Harm::wipe);
      if (fault.damage.rollback) harms |= sim::bit_of(sim::Harm::rollback);
      if (fault.damage.rot) harms |= sim::bit_of(sim::Harm::rot);
      if (fault.damage.lost_sends) harms |= sim::bit_of(sim::Harm::lost_sends);
      if (fault.damage.clock_restarts) harms |= sim::bit_of(sim::Harm::clock_restarts);
      const bool lies = fault.action == sim::Action::disk && fault.disk == sim::DiskFault::lying;
      if (lies) harms |= sim::bit_of(sim::Harm::lying);
      CHECK(fault.action == worse[i].action);
      CHECK(fault.nodes == worse[i].nodes);
      CHECK(fault.at == worse[i].at);
      CHECK(fault.lasts == worse[i].lasts);
      const bool takes_tail = fault.damage.wipe || fault.damage.rollback;
      CHECK((fault.keep == worse[i].keep || (takes_tail && fault.keep == sim::Keep::forced)));
    }
  }
  CHECK(harms == sim::all_harms);
}

TEST_CASE("swarm: without a kind of fault nothing is drawn", "[explore]") {
  const auto plan = pinging().run(1).plan;
  search::Swarm swarm{plan->plan(), profile_of(plan), {.actions = 0, .waits = {1s}}};
  CHECK(swarm.draw(7).empty());
}

}  // namespace indoubt::test
