#pragma once

#include <vector>

#include "search/schedule/menu.hpp"
#include "sim/world/observer.hpp"
#include "sim/world/world.hpp"

namespace indoubt::search {

/// What a crash of the node may lose now, of all nodes of its machine.
std::vector<UnforcedTail> unforced_tails(const sim::World& world, sim::NodeId node);

/// Watches one event and lists where faults could have fallen in it, in the order in which they are
/// passed.
class PointCollector : public sim::Observer {
 public:
  /// Starts a new event of this world.
  void begin(const sim::World& world) {
    world_ = &world;
    handling_at_ = sim::no_node;
    points_.clear();
  }
  void on(const sim::Observation& observation) override;
  const std::vector<InjectionPoint>& points() const { return points_; }

 private:
  void place_is_struck(const sim::Observation& seen);
  void add_point_before(const sim::Observation& observation, sim::NodeId node);
  void add_effect(const sim::Observation& seen);
  void add_sending(const sim::Observation& observation);

  const sim::World* world_ = nullptr;
  sim::NodeId handling_at_ = sim::no_node;  ///< whose handler ran last in this event
  std::uint32_t handling_ = 0;              ///< its number
  std::vector<InjectionPoint> points_;
};

}  // namespace indoubt::search
