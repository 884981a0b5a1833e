#pragma once

#include <vector>

#include "sim/explore/menu.hpp"
#include "sim/world/observer.hpp"
#include "sim/world/world.hpp"

namespace indoubt::sim {

/// Watches one event and lists where faults could have fallen in it, in the order in which they are
/// passed.
class PointCollector : public Observer {
 public:
  /// Starts a new event of this world.
  void begin(const World& world) {
    world_ = &world;
    handling_at_ = no_node;
    points_.clear();
  }
  void on(const Observation& observation) override;
  const std::vector<InjectionPoint>& points() const { return points_; }

 private:
  void place_is_struck(const Observation& seen);
  void add_point_before(const Observation& observation, NodeId node);
  void add_effect(const Observation& seen);
  void add_sending(const Observation& observation);

  const World* world_ = nullptr;
  NodeId handling_at_ = no_node;  ///< whose handler ran last in this event
  std::uint32_t handling_ = 0;    ///< its number
  std::vector<InjectionPoint> points_;
};

}  // namespace indoubt::sim
