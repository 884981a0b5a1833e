#include "search/schedule/points.hpp"

#include <algorithm>

namespace indoubt::search {

using sim::Action;
using sim::Log;
using sim::NodeId;
using sim::Observation;
using sim::Trigger;

std::vector<UnforcedTail> unforced_tails(const sim::World& world, NodeId node) {
  std::vector<UnforcedTail> tails;
  const auto& nodes = world.plan().plan().nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].machine != nodes[node.index].machine) continue;
    const NodeId other{static_cast<std::uint16_t>(i)};
    const Log& log = world.log(other);
    const std::uint32_t records = log.records() - log.forced_records();
    if (records != 0) tails.push_back({other, records});
  }
  return tails;
}

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
    case Type::handling:
      handling_at_ = observation.node;
      handling_ = observation.handling;
      return;
    case Type::fault: return place_is_struck(observation);
    case Type::forced:
    case Type::copied:
    case Type::arrived_dead:
    case Type::turned_away:
    case Type::vanished:
    case Type::fault_end:
    case Type::fact: return;
  }
}

/// A fault fell before an effect. Others can fall there, too, and only there: if it is a pause, the
/// effect comes later, and its place does not come again.
void PointCollector::place_is_struck(const Observation& seen) {
  if (seen.fault->trigger != Trigger::place || seen.fault->action == Action::crash) return;
  const NodeId node = seen.fault->nodes.front();
  const bool is_known = std::any_of(points_.begin(), points_.end(), [&](const auto& earlier) {
    return earlier.type == InjectionPoint::Type::effect && earlier.node == node &&
           earlier.effect == seen.effect;
  });
  if (!is_known) add_point_before(seen, node);
}

void PointCollector::add_effect(const Observation& seen) {
  const bool is_struck = world_->struck_effect(seen.node) == seen.effect;
  if (!is_struck && !world_->plan().is_client(seen.node)) add_point_before(seen, seen.node);
}

void PointCollector::add_point_before(const Observation& observation, NodeId node) {
  InjectionPoint& point = points_.emplace_back();
  point.node = node;
  point.kind = observation.handling_kind;
  point.effect = observation.effect;
  point.is_first = observation.effect_in_handling == 1;
  point.is_waiting = handling_at_ != node || handling_ != observation.handling;
  point.unforced = unforced_tails(*world_, node);
  // The record that this effect appended is not there yet when the fault falls.
  if (observation.type != Observation::Type::appended) return;
  const auto own = std::find_if(point.unforced.begin(), point.unforced.end(),
                                [&](const UnforcedTail& tail) { return tail.node == node; });
  if (--own->records == 0) point.unforced.erase(own);
}

void PointCollector::add_sending(const Observation& observation) {
  const auto& nodes = world_->plan().plan().nodes;
  if (nodes[observation.node.index].machine == nodes[observation.peer.index].machine) return;
  InjectionPoint& point = points_.emplace_back();
  point.type = InjectionPoint::Type::sending;
  point.node = observation.node;
  point.kind = observation.kind;
  point.to = observation.peer;
  point.order = observation.order;
  point.fate = observation.fate;
  point.nth = static_cast<std::uint32_t>(
      std::count_if(points_.begin(), points_.end(),
                    [&](const InjectionPoint& sending) { return sending.is_alike(point); }));
}

}  // namespace indoubt::search
