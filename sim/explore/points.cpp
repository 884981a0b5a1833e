#include "sim/explore/points.hpp"

#include <algorithm>

namespace indoubt::sim {

void PointCollector::on(const Observation& observation) {
  using Type = Observation::Type;
  if (world_->is_quiet()) return;
  switch (observation.type) {
    case Type::sent:
      add_effect(observation);
      add_sending(observation);
      return;
    case Type::appended:
    case Type::forcing:
    case Type::armed:
    case Type::cancelled: return add_effect(observation);
    case Type::forced: draining_ = observation.node; return;
    case Type::handling: draining_ = no_node; return;
    case Type::copied:
    case Type::arrived_dead:
    case Type::fault:
    case Type::fault_end:
    case Type::fact: return;
  }
}

void PointCollector::add_effect(const Observation& observation) {
  if (world_->plan().is_client(observation.node)) return;
  InjectionPoint point;
  point.node = observation.node;
  point.effect = observation.effect;
  point.is_waiting = draining_ == observation.node;
  const Log& log = world_->log(observation.node);
  point.unforced = log.records() - log.forced_records();
  if (observation.type == Observation::Type::appended) --point.unforced;
  point.is_first = std::none_of(points_.begin(), points_.end(), [&](const InjectionPoint& earlier) {
    return earlier.type == InjectionPoint::Type::effect && earlier.node == point.node;
  });
  points_.push_back(point);
}

void PointCollector::add_sending(const Observation& observation) {
  const auto& nodes = world_->plan().plan().nodes;
  const bool is_local =
      nodes[observation.node.index].machine == nodes[observation.peer.index].machine;
  if (observation.fate != Fate::travels || is_local) return;
  InjectionPoint point;
  point.type = InjectionPoint::Type::sending;
  point.node = observation.node;
  point.to = observation.peer;
  point.kind = observation.kind;
  point.order = observation.order;
  for (const InjectionPoint& earlier : points_) {
    const bool is_alike = earlier.type == InjectionPoint::Type::sending &&
                          earlier.node == point.node && earlier.to == point.to &&
                          earlier.kind == point.kind && earlier.order == point.order;
    point.nth += is_alike ? 1 : 0;
  }
  points_.push_back(point);
}

}  // namespace indoubt::sim
