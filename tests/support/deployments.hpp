#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "protocols/kit/deployment.hpp"
#include "protocols/registry.hpp"
#include "sim/base/random.hpp"

/// Random deployments with all kinds of faults, from one number each.
namespace indoubt::test {

using namespace std::chrono_literals;

/// Words drawn one after the other, for generators.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : seed_{seed} {}
  std::uint64_t below(std::uint64_t bound) { return sim::below(sim::draw(seed_, next_++), bound); }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  sim::Duration up_to(sim::Duration longest) {
    return sim::Duration{
               static_cast<std::int64_t>(below(static_cast<std::uint64_t>(longest.count())))} +
           1ns;
  }
  /// A round number of milliseconds: such times meet.
  sim::Duration round(std::int64_t most) {
    return std::chrono::milliseconds{
               10 * static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most / 10)))} +
           10ms;
  }
  template <typename T>
  T pick(const std::vector<T>& options) {
    return options[below(options.size())];
  }

 private:
  std::uint64_t seed_;
  std::uint64_t next_ = 0;
};

inline sim::Distribution random_distribution(Dice& dice, sim::Duration scale) {
  using Shape = sim::Distribution::Shape;
  const auto first = dice.one_in(2) ? scale : dice.up_to(scale);
  switch (dice.below(5)) {
    case 0: return sim::Distribution::constant(first);
    case 1: return {Shape::uniform, first / 2, first * 2};
    case 2: return {Shape::exponential, first};
    case 3: return {Shape::lognormal, first, first * 8};
    default: return {Shape::pareto, first, first * 10};
  }
}

inline sim::LinkQuality random_quality(Dice& dice) {
  sim::LinkQuality quality{.latency = random_distribution(dice, 10ms)};
  const auto rate = [&] {
    return sim::Probability{dice.one_in(2) ? 0
                                           : static_cast<std::uint32_t>(dice.below(200'000'000))};
  };
  quality.loss = rate();
  quality.duplicate = rate();
  quality.corrupt = rate();
  return quality;
}

inline const std::vector<std::string>& machines() {
  static const std::vector<std::string> names{"orders", "store", "courier"};
  return names;
}

inline void set_random_trigger(Dice& dice, sim::NamedFault& fault) {
  switch (dice.below(fault.action == sim::Action::crash ? 5 : 4)) {
    case 0: fault.at = sim::TrueTime{dice.round(3000)}; break;
    case 1:
      fault.trigger = sim::Trigger::every;
      fault.every = dice.one_in(2) ? sim::Distribution::constant(dice.round(1000))
                                   : random_distribution(dice, 1s);
      fault.every.first = std::max<sim::Duration>(fault.every.first, 50ms);
      fault.every.second = std::max<sim::Duration>(fault.every.second, fault.every.first);
      break;
    case 2:
      fault.trigger = sim::Trigger::when;
      fault.when.fact = dice.pick<sim::FactKind>({sim::FactKind::voted, sim::FactKind::held,
                                                  sim::FactKind::decided, sim::FactKind::assigned});
      fault.when.nth = static_cast<std::uint32_t>(1 + dice.below(6));
      break;
    case 3:
      fault.trigger = sim::Trigger::match;
      fault.match.kind =
          dice.pick<std::string>({"prepare", "vote", "commit", "ack", "reserve", "reserved"});
      fault.match.nth = static_cast<std::uint32_t>(1 + dice.below(6));
      break;
    default:
      fault.trigger = sim::Trigger::place;
      fault.place.effect = static_cast<std::uint32_t>(1 + dice.below(60));
      break;
  }
}

/// To the disk in one way at most, and to what was sent and the clock.
inline void do_random_harm(Dice& dice, sim::NamedFault& fault) {
  const std::uint64_t way = dice.below(6);
  fault.damage.wipe = way == 0;
  if (way == 1) fault.damage.rollback = dice.round(1000) + 1ms;
  fault.damage.rot = way == 2;
  if (way < 2) fault.keep = sim::Keep::forced;
  fault.damage.lost_sends = dice.one_in(2);
  fault.damage.clock_restarts = dice.one_in(4);
}

inline sim::NamedFault random_node_fault(Dice& dice) {
  using sim::Action;
  sim::NamedFault fault;
  fault.action = dice.pick<Action>({Action::crash, Action::crash, Action::pause, Action::partition,
                                    Action::clock, Action::disk, Action::degrade});
  set_random_trigger(dice, fault);
  fault.nodes = {dice.pick(machines())};
  if (dice.one_in(4) && fault.trigger != sim::Trigger::place)
    fault.nodes.push_back(dice.pick(machines()));
  fault.keep = static_cast<sim::Keep>(dice.below(4));
  if (!dice.one_in(6)) fault.restart_after = dice.round(1000);
  if (!dice.one_in(6)) fault.lasts = dice.round(1000);
  fault.by = dice.round(100);
  fault.disk = static_cast<sim::DiskFault>(dice.below(4));
  if (fault.action == Action::crash && dice.one_in(2)) do_random_harm(dice, fault);
  if (fault.action == Action::partition) {
    fault.nodes.clear();
    fault.groups = dice.one_in(2)
                       ? std::vector<std::vector<std::string>>{{"orders"}, {"store", "courier"}}
                       : std::vector<std::vector<std::string>>{{"store"}, {"orders"}, {"courier"}};
    fault.one_way = dice.one_in(2);
  }
  if (fault.action == Action::degrade) {
    if (dice.one_in(2) && fault.trigger != sim::Trigger::place) {
      fault.nodes.clear();
      fault.links = {{"orders", "store"}, {"courier", "orders"}};
    }
    fault.worse = {.times = static_cast<std::uint32_t>(1 + dice.below(20)),
                   .plus = dice.round(100),
                   .loss = {static_cast<std::uint32_t>(dice.below(500'000'000))},
                   .duplicate = {static_cast<std::uint32_t>(dice.below(500'000'000))},
                   .force_times = static_cast<std::uint32_t>(1 + dice.below(20))};
    fault.worse.work_times = fault.worse.force_times;
    if (!fault.links.empty()) fault.worse.force_times = fault.worse.work_times = 1;
  }
  if (fault.action == Action::clock) {
    if (dice.one_in(2)) fault.offset = dice.round(2000) - 1s;
    if (dice.one_in(2)) fault.jump = dice.round(2000) - 1s;
    if (dice.one_in(2))
      fault.drift_ppb = static_cast<std::int64_t>(dice.below(400'000'000)) - 200'000'000;
  }
  return fault;
}

inline sim::NamedFault random_message_fault(Dice& dice) {
  using sim::Action;
  sim::NamedFault fault;
  fault.trigger = sim::Trigger::match;
  fault.action =
      dice.pick<Action>({Action::drop, Action::duplicate, Action::delay, Action::corrupt});
  fault.by = dice.round(300);
  fault.match.kind = dice.pick<std::string>({"work", "worked", "prepare", "vote", "commit", "ack"});
  if (dice.one_in(2)) fault.match.order = static_cast<std::uint32_t>(1 + dice.below(5));
  if (!dice.one_in(4)) fault.match.nth = static_cast<std::uint32_t>(1 + dice.below(4));
  if (dice.one_in(4)) fault.probability = {500'000'000};
  if (dice.one_in(4)) {
    fault.window = sim::Window::every;
    fault.every = sim::Distribution::constant(300ms);
    fault.lasts = 100ms;
  }
  return fault;
}

/// A coordinator and two services, a few orders, and up to eight faults, under either protocol.
inline kit::Deployment random_deployment(std::uint64_t seed) {
  Dice dice{seed};
  const auto disk = [&] {
    return sim::DiskSpec{.force = random_distribution(dice, 5ms), .group_commit = dice.one_in(2)};
  };
  kit::Deployment deployment;
  deployment.protocol.family =
      protocols::find_family(dice.one_in(3) ? "reservation" : "two-phase-commit");
  deployment.limits.sim_time = sim::TrueTime{20s};
  deployment.limits.quiet_after = sim::TrueTime{4s};
  deployment.nodes = {
      {.name = "orders", .role = "coordinator", .host = {}, .disk = disk()},
      {.name = "store", .role = {}, .host = {}, .stock = {{"packet", 8}}, .disk = disk()},
      {.name = "courier",
       .role = {},
       .host = dice.one_in(4) ? "orders" : "",
       .stock = {{"agent", 4}},
       .decline = {static_cast<std::uint32_t>(dice.below(300'000'000))},
       .disk = disk()}};
  deployment.network = random_quality(dice);
  if (dice.one_in(2)) {
    deployment.links.push_back({"orders", "store", random_quality(dice)});
    deployment.links.back().quality.fifo = dice.one_in(2);
  }
  deployment.workload.orders = static_cast<std::uint32_t>(1 + dice.below(10));
  if (dice.one_in(2)) deployment.workload.arrivals = random_distribution(dice, 200ms);
  deployment.workload.takes = {{"store", {{"packet", 1}}}, {"courier", {{"agent", 1}}}};
  const std::uint64_t faults = dice.below(9);
  for (std::uint64_t i = 0; i < faults; ++i) {
    deployment.faults.push_back(dice.one_in(3) ? random_message_fault(dice)
                                               : random_node_fault(dice));
    deployment.faults.back().id = "fault-" + std::to_string(i + 1);
  }
  for (kit::NodeDecl& node : deployment.nodes) {
    if (!dice.one_in(4)) continue;
    node.work.time = random_distribution(dice, 5ms);
    if (dice.one_in(2)) node.work.queue = static_cast<std::uint32_t>(1 + dice.below(8));
    if (dice.one_in(4)) node.work.deadline = dice.up_to(50ms);
  }
  return deployment;
}

}  // namespace indoubt::test
