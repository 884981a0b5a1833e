#include <set>
#include <span>
#include <utility>

#include "protocols/kit/directory.hpp"
#include "search/run/trial.hpp"
#include "search/schedule/profile.hpp"
#include "search/schedule/swarm.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/supervised.hpp"

// Every family under supervisors that are in a hurry, and random faults of every kind at once: they
// repair something, and break nothing that holds without them.
namespace indoubt::test {
namespace {

constexpr std::uint32_t orders = 4;
constexpr std::uint64_t schedules = 2000;

/// Who supervises.
struct Under {
  std::string_view text;
  std::int64_t supervisors = 0;
  sim::Duration lease{};
};
constexpr Under nobody{.text = "nobody"};
constexpr Under one{.text = "one", .supervisors = 1};
constexpr Under several[] = {
    one,
    {.text = "two, one at a time", .supervisors = 2, .lease = 300ms},
    {.text = "two, each by itself", .supervisors = 2},
};

Deployment stressed(const Supervisable& choice, const Under& under, bool group_commit) {
  Deployment made = deployment_of(choice, under.supervisors != 0, 3, orders);
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
  if (under.supervisors != 0) {
    made.protocol.options.emplace_back("supervisor_grace", sim::Duration{300ms});
    made.protocol.options.emplace_back("supervisor_period", sim::Duration{100ms});
    made.protocol.options.emplace_back("supervisors", under.supervisors);
    made.protocol.options.emplace_back("supervisor_lease", under.lease);
  }
  return made;
}

struct Seen {
  std::set<std::string_view> violated;
  std::size_t placed = 0;
  std::size_t repaired = 0;    ///< runs in which somebody was told to settle something
  std::size_t unfinished = 0;  ///< runs that were not at rest when time was up
};

search::Profile profile_of(search::Trial& trial) {
  search::Profiler profiler{trial.world()};
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
  const search::Simulation simulation = search::make_simulation(made);
  const kit::Directory directory{simulation.plan->plan()};
  const sim::Kind settle = *directory.kind("settle");
  const sim::Kind fenced = *directory.kind("fenced_settle");
  search::Trial trial{simulation};
  search::Swarm swarm{simulation.plan->plan(), profile_of(trial), {.waits = {200ms, 2s}}};
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
    const auto sent = trial.world().messages_by_kind();
    seen.repaired += sent[settle] + sent[fenced] != 0 ? 1u : 0u;
    seen.unfinished += trial.world().end_reason() == sim::EndReason::rest ? 0u : 1u;
  }
  return seen;
}

/// What correct code keeps whatever happens, as long as everybody comes back.
constexpr std::string_view promised[] = {
    "atomicity", "agreement", "stability",  "termination",  "truthful-reply", "no-leak",
    "no-loss",   "no-ghost",  "durability", "exactly-once", "conservation"};

}  // namespace

TEST_CASE("supervisor: repairs what random faults leave, and breaks nothing (240,000 schedules)",
          "[supervisor][stress]") {
  for (const Supervisable& choice : supervisables()) {
    for (const bool group_commit : {false, true}) {
      const Seen without = see(stressed(choice, nobody, group_commit));
      CHECK(without.repaired == 0);
      for (const Under& under : several) {
        INFO(choice.text() << (group_commit ? ", group commit, " : ", ") << under.text);
        const Seen with = see(stressed(choice, under, group_commit));
        for (const std::string_view name : with.violated) {
          INFO(name);
          CHECK(without.violated.contains(name));
        }
        for (const std::string_view name : promised) {
          INFO(name);
          if (!choice.is_published()) CHECK_FALSE(with.violated.contains(name));
        }
        CHECK(with.repaired > 10);
        CHECK(with.placed > schedules);
        CHECK(with.unfinished == 0);
      }
    }
  }
}

TEST_CASE("supervisor: with one the published samples lose nothing", "[supervisor][stress]") {
  for (const Supervisable& choice : supervisables()) {
    if (!choice.is_published()) continue;
    INFO(choice.text());
    CHECK(see(stressed(choice, nobody, false)).violated.contains("no-loss"));
    CHECK_FALSE(see(stressed(choice, one, false)).violated.contains("no-loss"));
  }
}

}  // namespace indoubt::test
