#include <map>
#include <utility>

#include "search/shrink/steps.hpp"

// Faults that count facts or messages of all orders, said by one order.
namespace indoubt::search {
namespace {

using sim::Observation;
using sim::Trigger;

/// Finds out at which order's fact or message each fault takes place, and at which of that order's.
class PatternWatch : public sim::Observer {
 public:
  struct Place {
    sim::OrderId order = sim::no_order;
    std::uint32_t nth = 0;
  };

  explicit PatternWatch(const sim::Schedule& schedule)
      : schedule_{schedule}, counts_(schedule.size()), places_(schedule.size()) {}

  void on(const Observation& observation) override {
    const bool is_fact = observation.type == Observation::Type::fact && observation.fact->is_first;
    if (!is_fact && observation.type != Observation::Type::sent) return;
    for (std::size_t i = 0; i < schedule_.size(); ++i) {
      if (is_fact ? fits_fact(schedule_[i], *observation.fact)
                  : fits_message(schedule_[i], observation)) {
        count(i, observation.order, is_fact ? schedule_[i].when.nth : *schedule_[i].match.nth);
      }
    }
  }

  const Place& place(std::size_t fault) const { return places_[fault]; }

 private:
  static bool fits_fact(const sim::Fault& fault, const sim::Fact& fact) {
    const auto& pattern = fault.when;
    return fault.trigger == Trigger::when && !pattern.order && pattern.fact == fact.kind &&
           (!pattern.at || *pattern.at == fact.node);
  }
  static bool fits_message(const sim::Fault& fault, const Observation& sent) {
    const auto& pattern = fault.match;
    return fault.trigger == Trigger::match && !pattern.order && pattern.nth &&
           (!pattern.from || *pattern.from == sent.node) &&
           (!pattern.to || *pattern.to == sent.peer) &&
           (!pattern.kind || *pattern.kind == sent.kind);
  }
  void count(std::size_t fault, sim::OrderId order, std::uint32_t wanted) {
    const std::uint32_t of_order = ++counts_[fault][order.index];
    if (++seen_[fault] == wanted) places_[fault] = {order, of_order};
  }

  const sim::Schedule& schedule_;
  std::vector<std::map<std::uint32_t, std::uint32_t>> counts_;  ///< by order
  std::map<std::size_t, std::uint32_t> seen_;
  std::vector<Place> places_;
};

}  // namespace

kit::Deployment bound_to_orders(Reduction& reduction) {
  kit::Deployment deployment = reduction.deployment();
  const Trial& trial = reduction.rerun();
  sim::Schedule schedule;
  for (std::size_t i = 0; i < deployment.faults.size(); ++i) {
    schedule.push_back(trial.world().fault(i));
  }
  PatternWatch watch{schedule};
  const sim::Plan& plan = reduction.rerun(&watch).world().plan().plan();
  for (std::size_t i = 0; i < deployment.faults.size(); ++i) {
    const PatternWatch::Place& place = watch.place(i);
    if (place.order == sim::no_order) continue;
    sim::NamedFault& fault = deployment.faults[i];
    if (fault.trigger == Trigger::when) {
      fault.when.order = plan.number_of(place.order);
      fault.when.nth = place.nth;
    } else {
      fault.match.order = plan.number_of(place.order);
      fault.match.nth = place.nth;
    }
  }
  return deployment;
}

}  // namespace indoubt::search
