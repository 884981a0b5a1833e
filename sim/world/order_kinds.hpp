#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/ids.hpp"

namespace indoubt::sim {

/// Bound of the kinds of order that a run has.
inline constexpr std::size_t most_order_kinds = 8;

/// Which kind each order of a run is of. The kinds take turns by the orders' numbers, so an order
/// is of the same kind in every run, with every seed, and where others of the work load are left
/// out.
class OrderKinds {
 public:
  /// All orders are of kind 0.
  OrderKinds() = default;
  /// As many turns for each kind as its weight, spread as evenly as they can be: the kind that is
  /// furthest behind its share comes next, the first one of several. At least one weight; none is
  /// 0.
  /// `again_from`, unless it is 0, is after how many numbers the orders are those of the same
  /// clients again: then the turns begin anew.
  explicit OrderKinds(std::span<const std::uint32_t> weights,
                      std::vector<std::uint32_t> order_numbers = {}, std::uint32_t again_from = 0);

  /// How many there are.
  std::size_t count() const { return count_; }
  std::size_t of(OrderId order) const {
    return count_ == 1 ? 0 : of_number(numbers_.empty() ? order.index + 1 : numbers_[order.index]);
  }
  /// Of the order by that number, from 1.
  std::size_t of_number(std::uint32_t number) const {
    return count_ == 1 ? 0 : turns_[(number - 1) % turns_.size()];
  }

  bool operator==(const OrderKinds&) const = default;

 private:
  std::size_t count_ = 1;
  std::vector<std::uint8_t> turns_{};     ///< kinds of the orders from number 1 on, over and over
  std::vector<std::uint32_t> numbers_{};  ///< of each order; empty: 1, 2, 3, ...
};

}  // namespace indoubt::sim
