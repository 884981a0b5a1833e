#include <algorithm>
#include <numeric>

#include "search/shrink/delta_debugging.hpp"
#include "search/shrink/rounding.hpp"
#include "search/shrink/steps.hpp"

// Fewer orders.
namespace indoubt::search {
namespace {

using kit::Deployment;
using sim::NamedFault;
using Numbers = std::vector<std::uint32_t>;

Numbers first_numbers(std::size_t count) {
  Numbers numbers(count);
  std::iota(numbers.begin(), numbers.end(), 1u);
  return numbers;
}

Numbers numbers_of(const Deployment& deployment) {
  const kit::Workload& workload = deployment.workload;
  return workload.only.empty() ? first_numbers(workload.orders) : workload.only;
}

/// Calls `visit` with each order that a fault names.
template <typename Visit>
void for_each_order(NamedFault& fault, Visit&& visit) {
  if (fault.when.order) visit(*fault.when.order);
  if (fault.match.order) visit(*fault.match.order);
  if (fault.place.handling && fault.place.handling->order) visit(*fault.place.handling->order);
}

bool contains(const Numbers& numbers, std::uint32_t number) {
  return std::binary_search(numbers.begin(), numbers.end(), number);
}

/// These orders alone, with the faults that are about them or about none.
Deployment with_orders(Deployment deployment, const Numbers& numbers) {
  const bool is_beginning = numbers == first_numbers(numbers.size());
  deployment.workload.orders = numbers.back();
  deployment.workload.only = is_beginning ? Numbers{} : numbers;
  std::erase_if(deployment.faults, [&](NamedFault& fault) {
    bool is_about_others = false;
    for_each_order(fault, [&](std::uint32_t order) {
      is_about_others = is_about_others || !contains(numbers, order);
    });
    return is_about_others;
  });
  return deployment;
}

/// The orders that the violation is about.
Numbers orders_of_violation(Reduction& reduction) {
  const Trial& trial = reduction.rerun();
  const properties::Finding& found = trial.judge().tally(reduction.failing().property).first;
  Numbers numbers;
  for (const sim::OrderId order : {found.order, found.other_order}) {
    if (order != sim::no_order) numbers.push_back(trial.world().plan().plan().number_of(order));
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

bool remove_orders(Reduction& reduction) {
  const Numbers all = numbers_of(reduction.deployment());
  if (all.size() == 1) return false;
  const Numbers involved = orders_of_violation(reduction);
  const Deployment base = bound_to_orders(reduction);
  for (const std::uint32_t number : involved) {
    if (reduction.take(with_orders(base, {number}))) return true;
  }
  if (!involved.empty() && involved.size() < all.size() &&
      reduction.take(with_orders(base, involved))) {
    return true;
  }
  const Numbers rest = minimal_part(all, [&](const Numbers& part) {
    return !part.empty() && !reduction.is_over() && reduction.fails(with_orders(base, part));
  });
  return rest.size() < all.size() && reduction.take(with_orders(base, rest));
}

/// Notes when the first and the last order leave the client.
struct ArrivalWatch : sim::Observer {
  sim::NodeId client = sim::no_node;
  std::optional<sim::TrueTime> first{};
  sim::TrueTime last{};
  void on(const sim::Observation& observation) override {
    if (observation.type != sim::Observation::Type::sent || observation.node != client) return;
    if (!first) first = observation.time;
    last = observation.time;
  }
};

/// The faults that come at an instant come sooner by so much.
Deployment sooner_by(Deployment deployment, sim::Duration shift) {
  for (NamedFault& fault : deployment.faults) {
    if (fault.trigger != sim::Trigger::at) continue;
    fault.at = std::max(sim::TrueTime{}, fault.at - shift);
  }
  return deployment;
}

/// Orders arrive at 0, or one by one in a constant distance.
bool settle_arrivals(Reduction& reduction) {
  if (!reduction.deployment().workload.arrivals) return false;
  ArrivalWatch watch;
  watch.client = *reduction.rerun().world().plan().plan().client;
  reduction.rerun(&watch);
  const sim::TrueTime first = watch.first.value_or(sim::TrueTime{});
  Deployment at_once = sooner_by(reduction.deployment(), first.time_since_epoch());
  at_once.workload.arrivals.reset();
  if (reduction.take(at_once)) return true;
  const auto orders = static_cast<std::int64_t>(numbers_of(at_once).size());
  if (orders < 2 || !reduction.deployment().workload.only.empty()) return false;
  const sim::Duration gap = to_one_digit((watch.last - first) / (orders - 1));
  if (gap == sim::Duration{0}) return false;
  const auto steady = sim::Distribution::constant(gap);
  if (reduction.deployment().workload.arrivals == steady) return false;
  Deployment one_by_one = sooner_by(reduction.deployment(), first.time_since_epoch() - gap);
  one_by_one.workload.arrivals = steady;
  return reduction.take(one_by_one);
}

/// The orders that are left are 1, 2, ...
Deployment renumbered(Deployment deployment) {
  const Numbers old = deployment.workload.only;
  for (NamedFault& fault : deployment.faults) {
    for_each_order(fault, [&](std::uint32_t& order) {
      const auto at = std::lower_bound(old.begin(), old.end(), order);
      order = static_cast<std::uint32_t>(at - old.begin()) + 1;
    });
  }
  deployment.workload.orders = static_cast<std::uint32_t>(old.size());
  deployment.workload.only.clear();
  return deployment;
}

bool renumber(Reduction& reduction) {
  if (reduction.deployment().workload.only.empty()) return false;
  Deployment candidate = renumbered(reduction.deployment());
  if (reduction.take(candidate)) return true;
  if (!candidate.workload.arrivals) return false;
  ArrivalWatch watch;
  watch.client = *reduction.rerun().world().plan().plan().client;
  reduction.rerun(&watch);
  candidate.workload.arrivals.reset();
  return reduction.take(
      sooner_by(candidate, watch.first.value_or(sim::TrueTime{}).time_since_epoch()));
}

}  // namespace

bool reduce_orders(Reduction& reduction) {
  const bool removes = remove_orders(reduction);
  const bool renumbers = renumber(reduction);
  const bool settles = settle_arrivals(reduction);
  return removes || renumbers || settles;
}

}  // namespace indoubt::search
