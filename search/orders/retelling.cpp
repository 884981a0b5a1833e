#include "search/orders/retelling.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>

#include "protocols/kit/directory.hpp"
#include "search/orders/ordered_deployment.hpp"
#include "search/orders/path_search.hpp"
#include "search/run/trial.hpp"
#include "search/schedule/points.hpp"
#include "search/schedule/recorder.hpp"
#include "sim/base/check.hpp"

namespace indoubt::search {
namespace {

/// Walks a path again, and writes down what takes place and what goes wrong.
class Walk {
 public:
  Walk(const Trial& start, const Moves& path, std::uint32_t actions)
      : trial_{start},
        path_{path},
        actions_{actions},
        splits_{splits_of(start.world().plan().plan())},
        recorder_{trial_.world()} {
    faults_.reserve(path.size());
  }

  void run() {
    const std::size_t own = trial_.world().fault_count();
    trial_.observe(&recorder_);
    trial_.reach_choice();
    for (const Move& move : path_) take(move);
    trial_.observe(nullptr);
    schedule_ = recorder_.faults(Unfired::leave_out, own);
    for (sim::Fault& fault : schedule_) bring_forward(fault);
  }

  const sim::EventOrder& order() const { return order_; }
  const sim::Schedule& schedule() const { return schedule_; }
  /// When the path ends, to the next full second.
  sim::TrueTime end() const {
    return std::chrono::ceil<std::chrono::seconds>(trial_.world().now() + sim::Duration{1});
  }

 private:
  void take(const Move& move) {
    if (!move.due) {
      trial_.wait();
      return;
    }
    const sim::DueEvent due = trial_.world().due()[*move.due];
    note(due);
    if (move.fault) inject(move);
    if (due.is_late) arrivals_.emplace_back(due, trial_.world().now());
    trial_.choose(*move.due);
  }

  /// Numbers an event among those that are alike.
  void note(const sim::DueEvent& due) {
    sim::Event event = trial_.world().name_event(due);
    const auto are_alike = [&](const sim::Event& other) {
      sim::Event same = other;
      same.nth = event.nth;
      return same == event;
    };
    const auto count = std::count_if(order_.begin(), order_.end(), are_alike);
    event.nth = static_cast<std::uint32_t>(count) + 1;
    order_.push_back(event);
  }

  void inject(const Move& move) {
    Trial look = trial_;
    PointCollector collector;
    collector.begin(look.world());
    look.observe(&collector);
    look.choose(*move.due);
    const sim::DueEvent& event = trial_.world().due()[*move.due];
    const InjectionPoint point =
        points_of(event, collector, trial_.world(), look.world())[move.fault->point];
    const Menu menu = menu_of_orders(trial_.world(), actions_, splits_);
    faults_.push_back(named_fault_at(point, menu, move.fault->way, faults_.size(), trial_.world()));
    const sim::Fault& fault = faults_.back();
    if (point.type == InjectionPoint::Type::after)
      order_.push_back({.type = sim::EventType::fault, .fault = fault.id});
    if (fault.by == sim::longest_delay) {
      trial_.free_late_messages();
      sent_.emplace(fault.id,
                    Sent{point.node, point.to, point.kind, point.order, trial_.world().now()});
    }
    trial_.inject(fault);
  }

  /// A message that could come at any time came when it did.
  void bring_forward(sim::Fault& fault) const {
    const auto at = sent_.find(fault.id);
    if (at == sent_.end()) return;
    const Sent& sent = at->second;
    const auto arrived = std::find_if(arrivals_.begin(), arrivals_.end(), [&](const auto& arrival) {
      const sim::DueEvent& due = arrival.first;
      return due.from == sent.from && due.node == sent.to && due.kind == sent.kind &&
             due.order == sent.order && due.since == sent.at;
    });
    if (arrived != arrivals_.end()) fault.by = arrived->second - sent.at;
  }

  struct Sent {
    sim::NodeId from;
    sim::NodeId to;
    sim::Kind kind;
    sim::OrderId order;
    sim::TrueTime at;
  };

  Trial trial_;
  const Moves& path_;
  std::uint32_t actions_;
  std::vector<Split> splits_;
  ScheduleRecorder recorder_;
  std::vector<sim::Fault> faults_;
  std::map<std::string, Sent> sent_;  ///< late messages, by the fault that made them late
  std::vector<std::pair<sim::DueEvent, sim::TrueTime>> arrivals_;  ///< of late messages
  sim::EventOrder order_;
  sim::Schedule schedule_;
};

}  // namespace

std::optional<Counterexample> retell(const kit::Deployment& deployment, const Trial& start,
                                     const Moves& path, std::uint32_t actions,
                                     properties::Property property) {
  Walk walk{start, path, actions};
  walk.run();
  kit::Deployment told = in_order(deployment);
  // Whoever runs it need not wait longer than the path took.
  told.limits = deployment.limits;
  const sim::TrueTime end = std::max(deployment.limits.sim_time, walk.end());
  told.limits.sim_time = told.limits.quiet_after = end;
  told.limits.drain = std::max(told.limits.drain, sim::usual_drain(end));
  const sim::Plan& plan = start.world().plan().plan();
  for (const sim::Fault& fault : walk.schedule())
    told.faults.push_back(kit::name_fault(fault, plan));
  for (const sim::Event& event : walk.order()) told.order->push_back(kit::name_event(event, plan));
  const Simulation simulation = make_simulation(told);
  Trial trial{simulation};
  trial.run(start.world().seed());
  if (trial.judge().tally(property).violations == 0) return std::nullopt;
  Counterexample found = counterexample_of(trial, property);
  found.extra = walk.schedule();
  found.in_order = std::move(told);
  return found;
}

}  // namespace indoubt::search
