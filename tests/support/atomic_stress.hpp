#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/kit/directory.hpp"
#include "sim/base/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/stress.hpp"

/// Random schedules of everything at once for families of atomic commitment, and what must hold
/// whatever happens: written down by hand, from the facts, so that it and the oracles check each
/// other.
namespace indoubt::test::stress {

using sim::Action;
using sim::Fault;
using sim::NodeId;
using sim::TrueTime;

inline constexpr std::uint16_t services = 3;
inline constexpr std::uint32_t orders = 4;
inline constexpr std::uint32_t units = 2;  ///< of each service: fewer than there are orders

/// Everything is slow at times, and there is too little for all orders.
inline Deployment stressed(std::string family, bool group_commit, bool is_lossy) {
  Deployment made =
      slowed(deployment(std::move(family), services, orders, units), group_commit, is_lossy);
  made.protocol.options = {{"vote_timeout", sim::Duration{200ms}}};
  return made;
}

/// Draws the faults of one run.
class Schedules {
 public:
  /// `kinds` are the messages that are copied, late and lost.
  Schedules(const sim::Plan& plan, const std::vector<std::string_view>& kinds, std::uint64_t seed)
      : plan_{plan}, kinds_{kinds}, key_{seed} {}

  sim::Schedule make() {
    sim::Schedule schedule;
    const std::uint64_t count = 1 + next(6);
    for (std::uint64_t i = 0; i < count; ++i) {
      Fault fault = any_fault();
      fault.id = "f" + std::to_string(i);
      schedule.push_back(std::move(fault));
    }
    return schedule;
  }

 private:
  std::uint64_t next(std::uint64_t bound) { return sim::below(sim::draw(key_, ++draws_), bound); }
  sim::Duration milliseconds(std::uint64_t bound) {
    return std::chrono::microseconds{next(bound * 1000)};
  }
  NodeId any_node() { return NodeId{static_cast<std::uint16_t>(next(services + 1))}; }
  sim::Kind any_kind() { return *kit::Directory{plan_}.kind(kinds_[next(kinds_.size())]); }
  /// Most crashes come soon after another one of the same run has restarted, or at the same time.
  sim::Duration any_time() { return next(4) == 0 ? milliseconds(3000) : milliseconds(200); }

  Fault any_fault() {
    switch (next(9)) {
      case 0:
      case 1:
      case 2: return crash();
      case 3: return pause();
      case 4: return cut();
      case 5: return clock();
      case 6: return disk();
      default: return message();
    }
  }
  Fault crash() {
    Fault fault;
    fault.keep = static_cast<Keep>(next(4));
    fault.restart_after = milliseconds(next(2) == 0 ? 30 : 1500);
    fault.nodes = {any_node()};
    if (next(3) == 0) fault.nodes.push_back(any_node());
    fault.at = TrueTime{any_time()};
    switch (next(3)) {
      case 0:
        fault.trigger = sim::Trigger::place;
        fault.place.effect = 1 + static_cast<std::uint32_t>(next(60));
        break;
      case 1:
        fault.trigger = sim::Trigger::when;
        fault.when.fact = static_cast<FactKind>(next(sim::scenario_fact_count));
        fault.when.nth = 1 + static_cast<std::uint32_t>(next(8));
        break;
      default: break;
    }
    return fault;
  }
  Fault pause() {
    Fault fault;
    fault.action = Action::pause;
    fault.nodes = {any_node()};
    fault.at = TrueTime{any_time()};
    if (next(8) != 0) fault.lasts = milliseconds(900);
    return fault;
  }
  Fault cut() {
    Fault fault;
    fault.action = Action::partition;
    fault.groups = {{any_node()}, {any_node(), any_node()}};
    fault.one_way = next(2) == 0;
    fault.at = TrueTime{any_time()};
    if (next(8) != 0) fault.lasts = milliseconds(900);
    return fault;
  }
  Fault clock() {
    Fault fault;
    fault.action = Action::clock;
    fault.nodes = {any_node()};
    fault.at = TrueTime{any_time()};
    if (next(2) == 0) fault.jump = milliseconds(4000) - 2s;
    if (next(2) == 0) {
      fault.drift_ppb = static_cast<std::int64_t>(next(1'000'000'000)) - 500'000'000;
    }
    return fault;
  }
  Fault disk() {
    Fault fault;
    fault.action = Action::disk;
    fault.disk = static_cast<sim::DiskFault>(next(3));
    fault.by = milliseconds(300);
    fault.nodes = {any_node()};
    fault.at = TrueTime{any_time()};
    if (next(8) != 0) fault.lasts = milliseconds(900);
    fault.restart_after = 5ms + milliseconds(30);
    return fault;
  }
  Fault message() {
    Fault fault;
    fault.trigger = sim::Trigger::match;
    fault.action = next(2) == 0 ? Action::duplicate : Action::delay;
    if (next(4) == 0) fault.action = Action::drop;
    fault.by = milliseconds(next(2) == 0 ? 3000 : 100);
    fault.match.kind = any_kind();
    fault.match.nth = 1 + static_cast<std::uint32_t>(next(6));
    return fault;
  }

  const sim::Plan& plan_;
  const std::vector<std::string_view>& kinds_;
  std::uint64_t key_;
  std::uint64_t draws_ = 0;
};

/// What holds at every instant: decisions agree, rest on all votes, and units have one owner.
inline void check_safety(const Facts& facts) {
  std::uint32_t yes[orders] = {};  ///< bit sets of nodes
  std::uint32_t no[orders] = {};
  std::uint32_t aborted[orders] = {};
  std::map<std::pair<NodeId, std::uint32_t>, sim::OrderId> owner;
  for (const sim::Fact& fact : facts.all()) {
    const bool commits = fact.outcome() == Outcome::commit;
    const auto member = static_cast<std::uint32_t>(1u << fact.node.index);
    if (fact.kind == FactKind::voted && commits) {
      REQUIRE((no[fact.order.index] & member) == 0);
      yes[fact.order.index] |= member;
    }
    if (fact.kind == FactKind::voted && !commits) {
      // Who voted yes may answer no to a late copy of the question, but only after the abort.
      const bool is_late = (aborted[fact.order.index] & member) != 0;
      REQUIRE((is_late || (yes[fact.order.index] & member) == 0));
      no[fact.order.index] |= member;
    }
    if (fact.kind == FactKind::decided && !commits) aborted[fact.order.index] |= member;
    if (fact.kind == FactKind::decided && commits) {
      REQUIRE(yes[fact.order.index] == ((1u << services) - 1) << 1);
    }
    if (fact.kind == FactKind::held) {
      REQUIRE(owner.emplace(std::pair{fact.node, fact.unit}, fact.order).second);
    }
    if (fact.kind == FactKind::assigned) REQUIRE(owner.at({fact.node, fact.unit}) == fact.order);
    if (fact.kind == FactKind::released) REQUIRE(owner.erase({fact.node, fact.unit}) == 1);
  }
  for (std::uint32_t order = 1; order <= orders; ++order) REQUIRE_FALSE(facts.is_split(order));
}

/// What holds once everybody is up again for long: nobody waits, all or nothing is assigned, and
/// clients were told the truth.
inline void check_rest(const Facts& facts) {
  REQUIRE(facts.held() == 0);
  check_whole_and_true(facts, orders, services);
}

struct Seen : Answers {
  std::size_t lost = 0;
};

/// One run, to its end.
inline void run(sim::World& world, const std::vector<std::string_view>& kinds, std::uint64_t seed,
                Seen& seen) {
  INFO("seed " << seed);
  const sim::Schedule schedule = Schedules{world.plan().plan(), kinds, seed}.make();
  world.reset(seed, schedule);
  while (world.step()) {
  }
  const Facts facts{world};
  check_safety(facts);
  REQUIRE(world.end_reason() == sim::EndReason::rest);
  check_rest(facts);
  seen.add(facts, orders);
  seen.lost += lost_in(world);
}

}  // namespace indoubt::test::stress
