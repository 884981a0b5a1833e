#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/time.hpp"
#include "sim/world/slots.hpp"

namespace indoubt::sim {

/// A message that has arrived.
struct Arrival {
  std::uint32_t slot = no_slot;
  TrueTime at{};
};

/// Messages that wait until their node works on them, first in first out.
class WorkQueue {
 public:
  bool empty() const { return size() == 0; }
  std::size_t size() const { return waiting_.size() - first_; }

  void clear() {
    waiting_.clear();
    first_ = 0;
  }

  void push(const Arrival& arrival) { waiting_.push_back(arrival); }

  /// Takes what waits longest. There must be something. What left is forgotten when it is as much
  /// as what waits, so that a queue that is never empty does not grow for ever.
  Arrival pop() {
    const Arrival arrival = waiting_[first_++];
    if (2 * first_ >= waiting_.size()) {
      waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(first_));
      first_ = 0;
    }
    return arrival;
  }

  /// Calls `visit(slot)` for what waits, in order.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t i = first_; i < waiting_.size(); ++i) visit(waiting_[i].slot);
  }

 private:
  std::vector<Arrival> waiting_;
  std::size_t first_ = 0;
};

/// The work of a node whose messages take time. Its inbox has what it has worked on already, and
/// timers, which take none: see docs/decisions/0038-a-node-works-on-one-message-at-a-time.md.
struct Work {
  WorkQueue queue;
  Arrival now{};            ///< what it works on; without a slot if nothing
  TrueTime end{};           ///< when that is done; a pause moves it
  TrueTime stopped{};       ///< when a pause began that covers it
  bool has_entry = false;   ///< the event queue has an entry for the end
  std::uint32_t delay = 0;  ///< so many times longer than usual it works

  bool is_on() const { return now.slot != no_slot; }
  void clear() {
    queue.clear();
    now = {};
    has_entry = false;
  }
};

}  // namespace indoubt::sim
