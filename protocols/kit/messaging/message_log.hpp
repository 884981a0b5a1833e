#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "sim/base/ids.hpp"

namespace indoubt::messaging {

/// The log of a broker: a copy of every message for each of its consumers, in the order in which
/// the messages were stored. A copy waits until its consumer has done with it. One that is held has
/// its place on the log, and nobody may see it yet, or anything behind it. Copies of one order are
/// linked, since timers are an order's.
struct MessageLog {
  struct Copy {
    std::uint64_t topic = 0;
    sim::NodeId publisher{};
    sim::NodeId consumer{};
    sim::OrderId order{};
    std::uint32_t next = 0;  ///< offset of the order's next copy, which is never 0; 0 for none
    std::uint32_t deliveries = 0;
    bool is_waiting = true;
    bool is_held = false;
    static auto fields(auto& self) {
      auto& [t, p, c, o, n, d, w, h] = self;
      return std::tie(t, p, c, o, n, d, w, h);
    }
  };
  /// The copies of one order, from the first that waits on.
  struct Chain {
    std::uint32_t length = 0;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    kit::Attempts attempts{};  ///< to get those that are under way consumed
    static auto fields(auto& self) {
      auto& [l, f, b, a] = self;
      return std::tie(l, f, b, a);
    }
  };

  std::vector<Copy> copies;
  kit::OrderTable<Chain> chains;
  std::vector<std::uint32_t> fronts;  ///< where to look for `front`, by index of the consumer

  std::uint32_t size() const { return static_cast<std::uint32_t>(copies.size()); }
  void store(const Copy& copy);
  /// Whether there is such a copy and it waits.
  bool is_waiting(std::uint64_t offset) const {
    return offset < copies.size() && copies[static_cast<std::size_t>(offset)].is_waiting;
  }
  /// Its consumer has done with the copy, which must exist.
  void consume(std::uint64_t offset);
  /// The consumer's first copy that waits; `size()` if there is none.
  std::uint32_t front(sim::NodeId consumer);
  /// Its first one at this offset or behind it; `size()` if there is none.
  std::uint32_t next_waiting(sim::NodeId consumer, std::uint32_t offset) const;
  /// Whether a copy is one of the first so many that wait for its consumer, none of them held.
  bool is_among_first(std::uint32_t offset, std::size_t count);
  /// Nobody sees the order's copies for now, or what is behind them.
  void hold(sim::OrderId order);
  void release(sim::OrderId order);
  /// Nobody will ever see the order's copies that are held.
  void discard(sim::OrderId order);
  bool has_held(sim::OrderId order);
  /// Calls `visit(offset)` for each copy of the order that waits.
  template <typename Visit>
  void for_each_waiting(sim::OrderId order, Visit&& visit) {
    const Chain chain = chains[order];
    std::uint32_t offset = chain.first;
    for (std::uint32_t i = 0; i < chain.length; ++i) {
      const std::uint32_t next = copies[offset].next;
      if (copies[offset].is_waiting) visit(offset);
      offset = next;
    }
  }

  /// How often something was delivered is not on record; `fronts` are found again.
  void lose_memory();

  static auto fields(auto& self) {
    auto& [c, o, f] = self;
    return std::tie(c, o, f);
  }
  /// What was consumed is no state any more: only what waits, in order, and the offset of what is
  /// stored next. Chains and fronts follow from that. Offsets are told apart from the first one on
  /// that waits on the durable log, which is hashed first; messages on their way name them, too.
  void hash_into(sim::StateHash& hash) const;

 private:
  std::uint32_t first_waiting() const;
};

}  // namespace indoubt::messaging
