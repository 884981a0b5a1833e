#include <set>
#include <span>
#include <utility>

#include "protocols/trial.hpp"
#include "sim/explore/profile.hpp"
#include "sim/explore/swarm.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/supervised.hpp"

// Every family under a supervisor that is in a hurry, and random faults of every kind at once: it
// repairs something, and breaks nothing that holds without it.
namespace indoubt::test {
namespace {

constexpr std::uint32_t orders = 4;
constexpr std::uint64_t schedules = 2000;

Deployment stressed(const Supervisable& choice, bool is_supervised, bool group_commit) {
  Deployment made = deployment_of(choice, is_supervised, 3, orders);
  made.network.latency = {sim::Distribution::Shape::exponential, 8ms, {}};
  made.network.loss = {50'000'000};
  made.network.duplicate = {100'000'000};
  for (auto& node : made.nodes) {
    node.disk.group_commit = group_commit;
    node.disk.force = {sim::Distribution::Shape::exponential, 3ms, {}};
  }
  made.workload.arrivals = {sim::Distribution::Shape::exponential, 20ms, {}};
  made.limits.quiet_after = sim::TrueTime{10s};
  made.limits.sim_time = sim::TrueTime{50s};
  if (is_supervised) {
    made.protocol.options.emplace_back("supervisor_grace", sim::Duration{300ms});
    made.protocol.options.emplace_back("supervisor_period", sim::Duration{100ms});
  }
  return made;
}

struct Seen {
  std::set<std::string_view> violated;
  std::size_t placed = 0;
  std::size_t repaired = 0;    ///< runs in which somebody was told to settle something
  std::size_t unfinished = 0;  ///< runs that were not at rest when time was up
};

sim::Profile profile_of(protocols::Trial& trial) {
  sim::Profiler profiler{trial.world()};
  trial.observe(&profiler);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    trial.run(seed);
    profiler.finish_run();
  }
  trial.observe(nullptr);
  return profiler.profile();
}

/// Nobody stays down: what a dead node owes is its own matter.
Seen see(const Deployment& made) {
  const protocols::Simulation simulation = protocols::make_simulation(made);
  const auto settle = business::Directory{simulation.plan->plan()}.kind("settle");
  protocols::Trial trial{simulation};
  sim::Swarm swarm{simulation.plan->plan(), profile_of(trial), {.waits = {200ms, 2s}}};
  Seen seen;
  for (std::uint64_t seed = 1; seed <= schedules; ++seed) {
    const std::span<const sim::Fault> drawn = swarm.draw(seed);
    sim::Schedule schedule{drawn.begin(), drawn.end()};
    for (sim::Fault& fault : schedule) fault.restart_after = fault.restart_after.value_or(700ms);
    trial.run(seed, schedule);
    for (const properties::PropertyDoc& doc : properties::property_docs()) {
      if (trial.judge().tally(doc.property).violations != 0) seen.violated.insert(doc.name);
    }
    seen.placed += trial.sample().placed;
    seen.repaired += trial.world().messages_by_kind()[*settle] != 0 ? 1u : 0u;
    seen.unfinished += trial.world().end_reason() == sim::EndReason::rest ? 0u : 1u;
  }
  return seen;
}

/// What correct code keeps whatever happens, as long as everybody comes back.
constexpr std::string_view promised[] = {
    "atomicity", "agreement", "stability",  "termination",  "truthful-reply", "no-leak",
    "no-loss",   "no-ghost",  "durability", "exactly-once", "conservation"};

}  // namespace

TEST_CASE("supervisor: repairs what random faults leave, and breaks nothing (120,000 schedules)",
          "[supervisor][stress]") {
  for (const Supervisable& choice : supervisables()) {
    for (const bool group_commit : {false, true}) {
      INFO(choice.text() << (group_commit ? ", group commit" : ""));
      const Seen without = see(stressed(choice, false, group_commit));
      const Seen with = see(stressed(choice, true, group_commit));
      for (const std::string_view name : with.violated) {
        INFO(name);
        CHECK(without.violated.contains(name));
      }
      for (const std::string_view name : promised) {
        INFO(name);
        if (!choice.is_published()) CHECK_FALSE(with.violated.contains(name));
      }
      CHECK(without.repaired == 0);
      CHECK(with.repaired > 10);
      CHECK(with.placed > schedules);
      CHECK(with.unfinished == 0);
    }
  }
}

TEST_CASE("supervisor: with one the published samples lose nothing", "[supervisor][stress]") {
  for (const Supervisable& choice : supervisables()) {
    if (!choice.is_published()) continue;
    INFO(choice.text());
    CHECK(see(stressed(choice, false, false)).violated.contains("no-loss"));
    CHECK_FALSE(see(stressed(choice, true, false)).violated.contains("no-loss"));
  }
}

}  // namespace indoubt::test
