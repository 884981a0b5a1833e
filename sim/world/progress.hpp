#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"

namespace indoubt::sim {

/// When a run last got anywhere: a message was handled that its node had not handled before for
/// that order, a fact was stated that was new, or a fault began or ended by the clock. What goes on
/// without that is retries. It also knows when each node last told anybody anything about an order.
class Progress {
 public:
  Progress(std::size_t nodes, std::size_t orders, std::size_t kinds)
      : row_{(kinds + bits - 1) / bits},
        orders_{orders},
        handled_(nodes * (orders + 1) * row_),
        told_(nodes * (orders + 1), never) {}

  /// For a new run.
  void clear() {
    std::fill(handled_.begin(), handled_.end(), 0);
    std::fill(told_.begin(), told_.end(), never);
    last_ = {};
    longest_ = moved_ = {};
  }

  /// A message is handled now.
  [[gnu::always_inline]] void handle(NodeId node, OrderId order, Kind kind, TrueTime now) {
    std::uint64_t& word = handled_[place_of(node, order) * row_ + kind / bits];
    const std::uint64_t bit = std::uint64_t{1} << kind % bits;
    if ((word & bit) == 0) last_ = now;
    word |= bit;
  }
  /// A message about an order leaves a node now.
  [[gnu::always_inline]] void tell(NodeId node, OrderId order, TrueTime now) {
    told_[place_of(node, order)] = now;
  }
  /// When a node last told anybody anything about an order, or `never`.
  TrueTime told(NodeId node, OrderId order) const { return told_[place_of(node, order)]; }
  /// The kinds of message below 64 that a node has handled about an order, as a bit set.
  std::uint64_t kinds_handled(NodeId node, OrderId order) const {
    return handled_[place_of(node, order) * row_];
  }
  /// Whether a node has handled a message of that kind about an order.
  bool has_handled(NodeId node, OrderId order, Kind kind) const {
    return (handled_[place_of(node, order) * row_ + kind / bits] >> kind % bits & 1u) != 0;
  }
  /// Whether a node has handled a message about an order.
  bool has_handled(NodeId node, OrderId order) const {
    const std::size_t row = place_of(node, order) * row_;
    const auto is_set = [](std::uint64_t word) { return word != 0; };
    return std::any_of(handled_.data() + row, handled_.data() + row + row_, is_set);
  }
  /// How many messages were handled that were the first of their kind for their node and order.
  std::uint64_t firsts() const {
    std::uint64_t count = 0;
    for (const std::uint64_t word : handled_) count += static_cast<unsigned>(std::popcount(word));
    return count;
  }
  /// Something else took place that was not before.
  void make(TrueTime now) { last_ = now; }
  TrueTime last() const { return last_; }

  /// A message or a force takes that long.
  [[gnu::always_inline]] void take(Duration time) { longest_ = std::max(longest_, time); }
  /// The longest that a message or a force took.
  Duration longest() const { return longest_; }

  /// A clock is set: what waits for a reading may have to wait that much longer.
  void set_clock(Duration moved) { moved_ += moved < Duration{0} ? -moved : moved; }
  /// By how much clocks were set, in all.
  Duration moved() const { return moved_; }

 private:
  static constexpr std::size_t bits = 64;

  std::size_t place_of(NodeId node, OrderId order) const {
    return node.index * (orders_ + 1) + row_of(order);
  }

  std::size_t row_;  ///< words for the kinds that a node handled for an order
  std::size_t orders_;
  std::vector<std::uint64_t> handled_;  ///< bit sets of kinds, by (node, order)
  std::vector<TrueTime> told_;          ///< last, by (node, order)
  TrueTime last_{};
  Duration longest_{};
  Duration moved_{};
};

}  // namespace indoubt::sim
