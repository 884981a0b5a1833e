#include "search/findings/alignment.hpp"

#include <string>

#include "protocols/kit/directory.hpp"
#include "search/findings/reference.hpp"
#include "sim/world/observer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

// A schedule means the same in the correct code, however a mistake changes the count of effects.
namespace indoubt::test {
namespace {

using properties::Property;
using search::Alignment;
using search::Reference;
using search::Simulation;
using sim::Observation;

constexpr auto mistaken = "coordinator.forget-timer.vote_timeout";

Simulation two_phase_commit(const std::string& mutant = {}) {
  return search::make_simulation(with_mutant(deployment("two-phase-commit"), mutant));
}

/// A crash for good right before that effect of the node's run.
sim::Schedule lost_before(const Simulation& simulation, const std::string& node,
                          std::uint32_t effect) {
  NamedFault lost = crash_at(node, {}, Keep::forced, {});
  lost.trigger = sim::Trigger::place;
  lost.place.effect = effect;
  return {*kit::resolve(lost, kit::Directory{simulation.plan->plan()})};
}

/// What the fault fell before: "send prepare", "force", and so on.
struct Fell final : sim::Observer {
  explicit Fell(const sim::Plan& of) : plan{of} {}
  void on(const Observation& seen) override {
    if (seen.type != Observation::Type::fault || seen.before == nullptr) return;
    const sim::Effect& effect = *seen.before;
    switch (effect.type) {
      case sim::EffectType::send:
        before = "send " + std::string{plan.messages[effect.kind].name} + " to " +
                 plan.nodes[effect.to.index].name;
        return;
      case sim::EffectType::append:
        before = "append " + std::string{plan.records[effect.kind].name};
        return;
      case sim::EffectType::arm:
        before = "arm " + std::string{plan.messages[effect.kind].name};
        return;
      case sim::EffectType::force: before = "force"; return;
      case sim::EffectType::cancel: before = "cancel"; return;
      case sim::EffectType::fail: before = "fail"; return;
      case sim::EffectType::barrier: before = "nothing"; return;
    }
  }
  const sim::Plan& plan;
  std::string before;
};

std::string fell_before(const Simulation& simulation, const sim::Schedule& schedule) {
  Fell fell{simulation.plan->plan()};
  sim::World world{simulation.plan};
  world.observe(&fell);
  world.reset(1, schedule);
  while (world.step()) world.clear_history();
  return fell.before;
}

}  // namespace

TEST_CASE("alignment: a fault falls before the effect that is the same in both codes",
          "[explore]") {
  const Simulation correct = two_phase_commit();
  for (const char* mutant :
       {mistaken, "coordinator.skip-force.vote", "coordinator.send-before-force.vote",
        "coordinator.answer-before-applying.vote"}) {
    const Simulation planted = two_phase_commit(mutant);
    Alignment alignment{planted, correct};
    std::size_t moved = 0;
    for (std::uint32_t effect = 1; effect < 25; ++effect) {
      const sim::Schedule schedule = lost_before(planted, "orders", effect);
      const sim::Schedule aligned = alignment.aligned(1, schedule);
      const std::string wanted = fell_before(planted, schedule);
      INFO(mutant << " before effect " << effect << ": " << wanted);
      REQUIRE(aligned.empty() == wanted.empty());  // what never took place is left out
      if (aligned.empty()) continue;
      CHECK(fell_before(correct, aligned) == wanted);
      moved += fell_before(correct, schedule) == wanted ? 0u : 1u;
    }
    INFO(mutant);
    CHECK(moved != 0);  // by their numbers they would fall elsewhere
  }
}

TEST_CASE("alignment: an effect that the correct code lacks has its place before the next one",
          "[explore]") {
  // As if the timer were the mistake: the code that does not arm it is the correct one here.
  const Simulation arms = two_phase_commit();
  const Simulation lacks = two_phase_commit(mistaken);
  std::uint32_t effect = 1;
  while (fell_before(arms, lost_before(arms, "orders", effect)) != "arm vote_timeout") ++effect;
  const sim::Schedule aligned =
      Alignment{arms, lacks}.aligned(1, lost_before(arms, "orders", effect));
  REQUIRE(aligned.size() == 1);
  // The handling ends with the timer. What the node does next is in another one.
  CHECK(fell_before(lacks, aligned) != "");
  CHECK(fell_before(lacks, aligned) == fell_before(arms, lost_before(arms, "orders", effect + 1)));
}

TEST_CASE("alignment: what shows under the same faults in the correct code is no catch",
          "[explore]") {
  // The coordinator is lost when one of two services has been asked to prepare.
  const Simulation correct = two_phase_commit();
  const Simulation planted = two_phase_commit(mistaken);
  const sim::Schedule schedule = lost_before(planted, "orders", 4);
  search::Trial trial{planted};
  trial.run(1, schedule);
  REQUIRE(trial.judge().tally(Property::termination).violations != 0);
  search::Trial by_number{correct};
  by_number.run(1, schedule);
  REQUIRE(by_number.judge().tally(Property::termination).violations == 0);
  Reference reference{correct, planted};
  CHECK(reference.violates(Property::termination, 1, schedule));
}

}  // namespace indoubt::test
