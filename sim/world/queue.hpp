#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "sim/world/entry_heap.hpp"
#include "sim/world/queue_entry.hpp"
#include "sim/world/wheel.hpp"

namespace indoubt::sim {

/// Pending events in (time, sequence) order.
///
/// The soonest are in a sorted run, so that the next one is its last entry. Most runs have a dozen
/// events pending and need nothing else. When more are, those after a horizon go into a wheel of
/// buckets, each of which becomes the sorted run in its turn, and what is too far away for the
/// wheel goes into a heap. The wheel's buckets are as long and as many as the pending events call
/// for when it is built; it is built anew when they no longer fit. No wheel tells apart what is due
/// at one instant: where many entries are, the run grows no further, and a second heap holds the
/// rest.
///
/// The functions that every event runs through are forced inline, here and elsewhere: a compiler
/// that sees the whole program at once would otherwise save space just where time matters most.
class EventQueue {
 public:
  bool empty() const { return run_.empty(); }
  std::size_t size() const { return run_.size() + near_.size() + wheel_.size() + far_.size(); }

  void clear() {
    run_.clear();
    near_.clear();
    if (horizon_ != no_horizon) leave_wheel();
  }

  [[gnu::always_inline]] void push(const QueueEntry& entry) {
    if (entry.time >= horizon_) return push_later(entry);
    if (run_.size() > most_in_run) [[unlikely]]
      return push_beside_run(entry);
    run_.push_back(entry);
    std::size_t at = run_.size() - 1;
    for (; at > 0 && run_[at - 1].before(entry); --at) run_[at] = run_[at - 1];
    run_[at] = entry;
    if (run_.size() > most_in_run) spread();
  }

  /// The next event. The queue must not be empty.
  const QueueEntry& top() const { return run_.back(); }

  [[gnu::always_inline]] QueueEntry pop() {
    const QueueEntry entry = run_.back();
    run_.pop_back();
    if (!near_.empty()) [[unlikely]]
      take_from_beside_run();
    if (run_.empty() && horizon_ != no_horizon) refill();
    return entry;
  }

 private:
  /// Insertion into a sorted run costs more than a bucket from about here on.
  static constexpr std::size_t most_in_run = 32;
  static constexpr std::int64_t no_horizon = std::numeric_limits<std::int64_t>::max();

  [[gnu::noinline]] void push_later(const QueueEntry entry) {
    ++pushed_later_;
    if (wheel_.reaches(entry.time)) {
      wheel_.push(entry);
      if (wheel_.size() > wheel_.buckets() / 2) build_wheel();
    } else {
      far_.push(entry);
      if (far_.size() > wheel_.size() / 4 + most_in_run) spread();
    }
  }
  void push_beside_run(QueueEntry entry);
  void take_from_beside_run();
  void refill();
  [[gnu::cold]] void spread();
  [[gnu::cold]] void build_wheel();
  void leave_wheel();

  std::vector<QueueEntry> run_;  ///< before the horizon, soonest last; empty only if all is
  std::int64_t horizon_ = no_horizon;
  Wheel wheel_;
  EntryHeap near_;  ///< before the horizon, too, but not before the run's last entry
  EntryHeap far_;
  std::size_t pushed_later_ = 0;     ///< behind the horizon, since the wheel was built
  std::vector<QueueEntry> scratch_;  ///< for building the wheel; empty otherwise
};

}  // namespace indoubt::sim
