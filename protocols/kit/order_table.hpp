#pragma once

#include <tuple>
#include <type_traits>
#include <vector>

#include "sim/base/fields.hpp"
#include "sim/base/ids.hpp"

namespace indoubt::kit {

/// One row for each order that a role has heard of. Rows that nobody wrote are as constructed.
template <typename Row>
class OrderTable {
 public:
  Row& operator[](sim::OrderId order) {
    if (order.index >= rows.size()) [[unlikely]]
      make_room_for(order);
    return rows[order.index];
  }
  /// The row, as constructed if nobody wrote it.
  const Row& at(sim::OrderId order) const {
    static const Row none{};
    return order.index < rows.size() ? rows[order.index] : none;
  }
  /// The row is as constructed again. False if it was.
  bool forget(sim::OrderId order) {
    if (order.index >= rows.size() || sim::equal_state(rows[order.index], Row{})) return false;
    rows[order.index] = Row{};
    return true;
  }
  /// Calls `lose(row)` or `lose(order, row)`, which takes from a row what a crash takes, for every
  /// row. Rows at the end of the table that are empty after it are dropped.
  template <typename Lose>
  void lose_memory(Lose&& lose) {
    for_each([&](sim::OrderId order, Row& row) {
      if constexpr (std::is_invocable_v<Lose, Row&>) {
        lose(row);
      } else {
        lose(order, row);
      }
    });
    while (!rows.empty() && sim::equal_state(rows.back(), Row{})) rows.pop_back();
  }
  /// The same, where every row is on record.
  void lose_memory() {
    lose_memory([](Row&) {});
  }
  /// Calls `visit(order, row)` for every row.
  template <typename Visit>
  void for_each(Visit&& visit) {
    for (std::uint32_t i = 0; i < rows.size(); ++i) visit(sim::OrderId{i}, rows[i]);
  }

  /// Apart, so that looking up a row is no call.
  [[gnu::noinline]] void make_room_for(sim::OrderId order) {
    rows.resize(order.index + std::size_t{1});
  }

  /// Rows as constructed are no state, nor is the length of the table.
  void hash_into(sim::StateHash& hash) const {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (sim::equal_state(rows[i], Row{})) continue;
      hash.add(std::uint64_t{i} + 1);
      sim::hash_state(hash, rows[i]);
    }
    hash.add(std::uint64_t{0});
  }

  std::vector<Row> rows;
  static auto fields(auto& self) {
    auto& [r] = self;
    return std::tie(r);
  }
};

}  // namespace indoubt::kit
