#include <algorithm>
#include <array>

#include "search/shrink/steps.hpp"

// Faults that come at an instant, bound to what happened before it.
namespace indoubt::search {
namespace {

using FactPattern = sim::NamedFault::FactPattern;
using sim::FactKind;

/// Facts that scenarios may name and that tell how far an order has come, unlike those about nodes.
bool tells_progress(FactKind kind) {
  constexpr std::array about_orders{FactKind::voted,     FactKind::decided,  FactKind::held,
                                    FactKind::assigned,  FactKind::released, FactKind::expired,
                                    FactKind::refused,   FactKind::replied,  FactKind::placed,
                                    FactKind::not_placed};
  return std::find(about_orders.begin(), about_orders.end(), kind) != about_orders.end();
}

/// Notes the first fact of each kind at each node up to an instant.
struct FactWatch : sim::Observer {
  const sim::Plan* plan = nullptr;
  sim::TrueTime until{};
  std::vector<FactPattern> patterns{};

  void on(const sim::Observation& observation) override {
    if (observation.type != sim::Observation::Type::fact || observation.time > until) return;
    const sim::Fact& fact = *observation.fact;
    if (!fact.is_first || !tells_progress(fact.kind)) return;
    const FactPattern pattern{.fact = fact.kind, .at = plan->nodes[fact.node.index].name};
    if (std::find(patterns.begin(), patterns.end(), pattern) != patterns.end()) return;
    patterns.push_back(pattern);
  }
};

bool bind_to_fact(Reduction& reduction, std::size_t position) {
  FactWatch watch;
  watch.plan = &reduction.rerun().world().plan().plan();
  watch.until = reduction.deployment().faults[position].at;
  reduction.rerun(&watch);
  for (auto pattern = watch.patterns.rbegin(); pattern != watch.patterns.rend(); ++pattern) {
    kit::Deployment candidate = reduction.deployment();
    sim::NamedFault& fault = candidate.faults[position];
    fault.trigger = sim::Trigger::when;
    fault.at = {};
    fault.when = *pattern;
    if (reduction.take(candidate)) return true;
  }
  return false;
}

}  // namespace

bool bind_to_facts(Reduction& reduction) {
  bool changes = false;
  for (std::size_t i = 0; i < reduction.faults(); ++i) {
    if (reduction.deployment().faults[i].trigger != sim::Trigger::at) continue;
    changes = bind_to_fact(reduction, i) || changes;
  }
  return changes;
}

}  // namespace indoubt::search
