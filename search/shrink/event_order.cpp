#include "search/shrink/delta_debugging.hpp"
#include "search/shrink/steps.hpp"

// Fewer events that have to come in order.
namespace indoubt::search {

bool reduce_event_order(Reduction& reduction) {
  const kit::Deployment before = reduction.deployment();
  if (!before.order) return false;
  // In a world where everything takes its time, if the violation does not need an order at all.
  kit::Deployment usual = before;
  usual.order.reset();
  if (reduction.take(usual)) return true;
  const auto with = [&](const std::vector<sim::NamedEvent>& order) {
    kit::Deployment candidate = before;
    candidate.order = order;
    return candidate;
  };
  const auto fewest = minimal_part(*before.order, [&](const auto& order) {
    return !reduction.is_over() && reduction.fails(with(order));
  });
  return fewest.size() < before.order->size() && reduction.take(with(fewest));
}

}  // namespace indoubt::search
