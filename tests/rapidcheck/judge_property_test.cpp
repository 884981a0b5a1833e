#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "properties/all.hpp"
#include "search/run/trial.hpp"
#include "tests/support/calm.hpp"
#include "tests/support/deployments.hpp"
#include "tests/support/rapidcheck.hpp"
#include "tests/support/runs.hpp"

// What verdicts must not depend on: what takes place after an order is over, for how long nothing
// takes place, where a bound cuts the run, and how it is found out what a lost node owes.
namespace indoubt::test {
namespace {

using properties::Property;
using properties::Verdict;

/// Any family in any of its forms, under the faults that `random_deployment` draws; those that it
/// lacks do not apply. Disks keep what was forced: who has forgotten something may do another thing
/// whenever it is asked.
kit::Deployment any_deployment(std::uint64_t number) {
  kit::Deployment deployment = random_deployment(number);
  for (sim::NamedFault& fault : deployment.faults) {
    fault.damage = {};
    if (fault.disk == sim::DiskFault::lying) fault.disk = sim::DiskFault::slow;
  }
  const auto families = protocols::families();
  const kit::Family& family = families[Dice{number + 1}.below(families.size())];
  deployment.protocol = calm_deployment(family, number).protocol;
  std::erase_if(deployment.protocol.options, [](const auto& option) {
    const kit::OptionValue& value = option.second;
    return !std::holds_alternative<bool>(value) && !std::holds_alternative<std::string>(value);
  });
  return deployment;
}

/// The same, perhaps with a planted mistake.
kit::Deployment any_mistaken_deployment(std::uint64_t number) {
  kit::Deployment deployment = any_deployment(number);
  Dice dice{number + 2};
  const auto mutants = planted_mutants(deployment.protocol.family->info.name);
  if (mutants.empty() || dice.one_in(3)) return deployment;
  return with_mutant(std::move(deployment), std::string{dice.pick(mutants).name});
}

Verdict verdict_of(Property property, const search::Trial& trial) {
  return trial.judge().tally(property).verdict;
}

search::Trial run(const kit::Deployment& deployment, std::uint64_t seed) {
  search::Trial trial{search::make_simulation(deployment)};
  trial.run(seed);
  return trial;
}

std::string text_of(Property property, const search::Trial& trial) {
  const properties::Tally tally = trial.judge().tally(property);
  std::string text{name_of(property)};
  text += " " + std::string{name_of(tally.verdict)};
  if (tally.violations != 0) text += " " + describe(tally.first, trial.judge().setup());
  return text;
}

/// Which verdicts differ, in words: those for which `is_meant` says so.
template <typename IsMeant>
std::string difference(const search::Trial& one, const search::Trial& other, IsMeant&& is_meant) {
  std::string text;
  for (std::size_t i = 0; i < properties::property_count; ++i) {
    const auto property = static_cast<Property>(i);
    const Verdict first = verdict_of(property, one);
    const Verdict second = verdict_of(property, other);
    if (first == second || !is_meant(first, second)) continue;
    text += text_of(property, one) + " | " + text_of(property, other) + "\n";
  }
  return text;
}

std::string difference(const search::Trial& one, const search::Trial& other) {
  return difference(one, other, [](Verdict, Verdict) { return true; });
}

/// All but what is unmet in both, and a debt in one of them.
std::string difference_but_for_debts(const search::Trial& one, const search::Trial& other) {
  const auto is_unmet = [](Verdict verdict) {
    return verdict == Verdict::owed || verdict == Verdict::violated;
  };
  return difference(one, other, [&](Verdict first, Verdict second) {
    return !is_unmet(first) || !is_unmet(second);
  });
}

/// No message or force has its own luck, and nobody takes the last unit before somebody else.
void leave_nothing_to_luck(kit::Deployment& deployment) {
  deployment.network = {.latency = sim::Distribution::constant(7ms)};
  deployment.links.clear();
  for (kit::NodeDecl& node : deployment.nodes) {
    node.disk.force = sim::Distribution::constant(1ms);
    node.work = {};
    for (kit::ItemCount& item : node.stock) item.units = 10 * deployment.workload.orders;
  }
}

/// All facts of a run.
sim::History facts_of(const kit::Deployment& deployment, std::uint64_t seed) {
  sim::World world{search::make_simulation(deployment).plan};
  world.reset(seed);
  while (world.run(1'000'000)) continue;
  return world.history();
}

/// One that the scenario declares, or that the family adds.
std::string any_node(const kit::Deployment& deployment) {
  std::vector<std::string> names{"orders", "store", "courier"};
  const sim::Plan plan = search::make_simulation(deployment).plan->plan();
  for (std::size_t i = deployment.nodes.size() + 1; i < plan.nodes.size(); ++i)
    names.push_back(plan.nodes[i].name);
  return *rc::gen::elementOf(names);
}

}  // namespace

TEST_CASE("judge: a crash for good after an order is over changes nothing but who is waited for",
          "[judge][property]") {
  std::size_t crashed = 0;
  rc::prop("the last fact about the only order, and then a crash",
           [&](std::uint64_t number, std::uint64_t seed) {
             kit::Deployment deployment = any_deployment(number);
             deployment.workload.orders = 1;
             deployment.limits.quiet_after = deployment.limits.sim_time;
             // What a crash loses for good may be owed: that is not asked here.
             for (sim::NamedFault& fault : deployment.faults) fault.keep = sim::Keep::all;
             const search::Trial before = run(deployment, seed);
             sim::TrueTime last{};
             for (const sim::Fact& fact : facts_of(deployment, seed)) {
               if (fact.order == sim::OrderId{0}) last = fact.time;
             }
             if (last + 1ms >= deployment.limits.quiet_after) return;
             deployment.faults.push_back(crash_at(
                 any_node(deployment), (last + 1ns).time_since_epoch(), sim::Keep::all, {}));
             const search::Trial after = run(deployment, seed);
             if (!after.world().is_anybody_down()) return;
             ++crashed;
             for (const properties::PropertyDecl& decl : properties::property_decls()) {
               const bool judges_who_is_up = decl.property == Property::termination ||
                                             decl.property == Property::non_blocking ||
                                             decl.property == Property::quiescence;
               if (judges_who_is_up) continue;
               // Whoever misses the node may decide as well, so that more is checked.
               const Verdict first = verdict_of(decl.property, before);
               const Verdict second = verdict_of(decl.property, after);
               if (first == Verdict::unknown && second == Verdict::holds) continue;
               RC_ASSERT(text_of(decl.property, before) == text_of(decl.property, after));
             }
           });
  CHECK(crashed > 30);
}

TEST_CASE("judge: time in which nothing takes place changes no verdict", "[judge][property]") {
  rc::prop("the same quiet_after, a longer sim_time", [](std::uint64_t number, std::uint64_t seed) {
    kit::Deployment deployment = any_mistaken_deployment(number);
    // Who is down is asked again and again meanwhile, and comes back to whatever is under way then.
    const bool is_anybody_down = run(deployment, seed).world().is_anybody_down();
    if (is_anybody_down) leave_nothing_to_luck(deployment);
    const search::Trial one = run(deployment, seed);
    deployment.limits.sim_time += std::chrono::seconds{*rc::gen::inRange(1, 100)};
    const search::Trial other = run(deployment, seed);
    if (one.judge().ledger().requested() != other.judge().ledger().requested()) return;
    // A mistake may be a race between who comes back and who asks it, and so is what it still owes.
    const bool may_race = is_anybody_down && !deployment.protocol.is_correct();
    RC_ASSERT((may_race ? difference_but_for_debts(one, other) : difference(one, other)) == "");
  });
}

TEST_CASE("judge: a run that ends has its verdicts whatever the bound on its drain",
          "[judge][property]") {
  std::size_t busy = 0;
  rc::prop("short runs, and drains that end in the middle of them",
           [&](std::uint64_t number, std::uint64_t seed) {
             kit::Deployment deployment = any_mistaken_deployment(number);
             deployment.limits.sim_time = sim::TrueTime{*rc::gen::element(20ms, 200ms, 4000ms)};
             deployment.limits.quiet_after = deployment.limits.sim_time;
             const search::Trial whole = run(deployment, seed);
             if (whole.world().end_reason() == sim::EndReason::busy) return;
             for (const sim::Duration drain : std::vector<sim::Duration>{1ms, 50ms, 1s, 60s}) {
               deployment.limits.drain = drain;
               const search::Trial bounded = run(deployment, seed);
               const bool is_busy = bounded.world().end_reason() == sim::EndReason::busy;
               if (!is_busy && !bounded.world().is_anybody_down()) {
                 RC_ASSERT(difference(whole, bounded) == "");
               }
               busy += is_busy ? 1u : 0u;
               for (const properties::PropertyDecl& decl : properties::property_decls()) {
                 const Verdict verdict = verdict_of(decl.property, bounded);
                 const Verdict whole_verdict = verdict_of(decl.property, whole);
                 // A bound may leave it open, and what it does not is as it would be without it.
                 if (verdict == Verdict::violated) RC_ASSERT(whole_verdict == Verdict::violated);
                 const bool is_open = verdict != Verdict::violated &&
                                      decl.needs == properties::Needs::rest && is_busy;
                 if (is_open) RC_ASSERT(verdict == Verdict::unknown);
               }
             }
           });
  CHECK(busy > 30);
}

TEST_CASE("judge: what is owed by the return is what a run meets in which the node restarts",
          "[judge][property]") {
  std::size_t owed = 0;
  std::size_t not_met = 0;
  rc::prop("one crash for good, and one that ends at the same instant", [&](std::uint64_t number,
                                                                            std::uint64_t seed) {
    kit::Deployment deployment = any_mistaken_deployment(number);
    // No fault but the crash depends on when faults end.
    deployment.network = {.latency = sim::Distribution::constant(7ms)};
    deployment.links.clear();
    deployment.limits.sim_time = deployment.limits.quiet_after = sim::TrueTime{4s};
    deployment.faults.assign(1, {});
    deployment.faults[0].id = "crash";
    deployment.faults[0].action = sim::Action::crash;
    deployment.faults[0].trigger = sim::Trigger::place;
    deployment.faults[0].nodes = {any_node(deployment)};
    deployment.faults[0].place.effect = *rc::gen::inRange<std::uint32_t>(1, 30);
    const search::Trial lost = run(deployment, seed);
    if (!lost.world().is_anybody_down()) return;
    if (lost.world().end_reason() == sim::EndReason::busy) return;
    std::optional<sim::TrueTime> crashed;
    for (const sim::Fact& fact : facts_of(deployment, seed)) {
      if (fact.kind == sim::FactKind::crashed && !crashed) crashed = fact.time;
    }
    const sim::TrueTime back = std::max(lost.world().now(), deployment.limits.sim_time);
    deployment.faults[0].restart_after = back - *crashed;
    deployment.limits.sim_time = deployment.limits.quiet_after = back + 1s;
    const search::Trial restarted = run(deployment, seed);
    RC_ASSERT(!restarted.world().is_anybody_down());
    for (const Property property :
         {Property::atomicity, Property::truthful_reply, Property::no_leak, Property::durability,
          Property::no_loss, Property::reservation_expiry}) {
      const properties::Tally tally = lost.judge().tally(property);
      std::size_t owed_here = 0;
      std::size_t violated_here = 0;
      for (std::uint32_t i = 0; i < deployment.workload.orders; ++i) {
        if (!lost.judge().report().has_noted(property, {i})) continue;
        ++(restarted.judge().report().has_noted(property, {i}) ? violated_here : owed_here);
      }
      RC_ASSERT(text_of(property, lost) + " " + std::to_string(tally.owed) ==
                text_of(property, lost) + " " + std::to_string(owed_here));
      RC_ASSERT(tally.violations == violated_here);
      owed += owed_here;
      not_met += violated_here;
    }
  });
  CHECK(owed > 10);
  CHECK(not_met > 10);
}

TEST_CASE("judge: a node that comes back late gets as many tries as one that comes back early",
          "[judge]") {
  // It is down for nearly the whole run, in which a broker tries every few seconds to reach it.
  kit::Deployment made = deployment("outbox");
  made.limits.quiet_after = made.limits.sim_time;
  const sim::Duration all = made.limits.sim_time.time_since_epoch();
  for (const sim::Duration back : {1s + 0ns, all / 2, all - 1s, all - 1ns}) {
    const search::Trial trial =
        run(with_faults(made, {crash_at("s2", 100ms, sim::Keep::forced, back - 100ms)}), 1);
    CHECK(trial.judge().tally(Property::no_loss).verdict == Verdict::holds);
    CHECK(trial.world().end_reason() == sim::EndReason::rest);
  }
}

}  // namespace indoubt::test
