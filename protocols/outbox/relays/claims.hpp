#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include "protocols/kit/supervisor/lease.hpp"
#include "protocols/outbox/messages.hpp"

/// What keeps several relays of one outbox apart. The table of rows asks its claim who may have a
/// row, and tells it who got one.
///
/// What a claim is for is the cost of a second message, and no more than that: whoever publishes
/// the first row that has no mark, and waits until it has one, keeps the order with any number of
/// relays, and copies are told by the inbox. A claim can even do harm: one on a single row lets the
/// next relay pass it by.
namespace indoubt::outbox {

/// What a relay is given a row under.
struct Grant {
  std::uint64_t token = 0;  ///< 0: none is asked for
  sim::ClockTime until = sim::no_expiry;
};

/// A row of the outbox.
struct RowId {
  sim::OrderId order = sim::no_order;
  std::size_t queue = 0;
};

/// Nothing: whoever asks gets the first row without a mark, so all relays publish all rows.
struct NoClaim {
  static constexpr bool skips_rows = false;

  bool may_take(const RowId&, sim::NodeId, sim::ClockTime, const Settings&) const { return true; }
  bool may_mark(const RowId&, sim::NodeId) const { return true; }
  Grant take(const RowId&, const Settings&, Context&) { return {}; }
  void release(const RowId&) {}
  void lose_memory() {}

  static auto fields(auto&) { return std::tuple{}; }
};

/// `SELECT ... FOR UPDATE SKIP LOCKED`: a relay's transaction locks its row, from the question to
/// the mark, and who asks meanwhile gets the next row. Locks are in memory. One whose connection is
/// silent for long is given up, and its transaction with it.
struct RowLocks {
  static constexpr bool skips_rows = true;
  struct Lock {
    sim::OrderId order = sim::no_order;
    std::uint32_t queue = 0;
    sim::NodeId relay{};
    sim::ClockTime until{};
    bool is_of(const RowId& row) const { return order == row.order && queue == row.queue; }
    static auto fields(auto& self) {
      auto& [o, q, r, u] = self;
      return std::tie(o, q, r, u);
    }
  };
  std::vector<Lock> locks;  ///< at most one for each relay and queue

  /// A relay that asks anew for its queue has no transaction there any more.
  bool may_take(const RowId& row, sim::NodeId relay, sim::ClockTime now,
                const Settings& settings) const {
    return std::none_of(locks.begin(), locks.end(), [&](const Lock& lock) {
      return lock.is_of(row) && lock.relay != relay &&
             kit::is_live(lock.until, now, settings.relay_lease);
    });
  }
  /// The mark is made in the transaction that has the lock.
  bool may_mark(const RowId& row, sim::NodeId relay) const {
    return std::any_of(locks.begin(), locks.end(),
                       [&](const Lock& lock) { return lock.is_of(row) && lock.relay == relay; });
  }
  Grant take(const RowId& row, const Settings& settings, Context& ctx) {
    const sim::NodeId relay = ctx.sender();
    std::erase_if(locks, [&](const Lock& lock) {
      return lock.is_of(row) || (lock.relay == relay && lock.queue == row.queue);
    });
    const auto queue = static_cast<std::uint32_t>(row.queue);
    locks.push_back({row.order, queue, relay, ctx.now() + settings.relay_lease});
    return {};
  }
  void release(const RowId& row) {
    std::erase_if(locks, [&](const Lock& lock) { return lock.is_of(row); });
  }
  void lose_memory() { locks.clear(); }

  static auto fields(auto& self) {
    auto& [l] = self;
    return std::tie(l);
  }
};

/// A lease on each queue: one relay at a time publishes what is for one service. It has a number,
/// because a lease does not stop what was sent under it and arrives late
/// (`kit/supervisor/lease.hpp` says why): the broker takes nothing from a queue's earlier ones.
struct QueueLeases {
  static constexpr bool skips_rows = false;
  std::array<kit::Leases, kit::most_services_per_order> leases{};

  bool may_take(const RowId& row, sim::NodeId relay, sim::ClockTime now,
                const Settings& settings) const {
    const kit::Leases& lease = leases[row.queue];
    return lease.holder == relay.index || !kit::is_live(lease.until, now, settings.relay_lease);
  }
  /// Whoever says so: the broker has confirmed it.
  bool may_mark(const RowId&, sim::NodeId) const { return true; }
  /// A lease is durable before anything is published under it: after a crash the holder must still
  /// be known, and the number must not be used again.
  Grant take(const RowId& row, const Settings& settings, Context& ctx) {
    kit::Leases& lease = leases[row.queue];
    if (!kit::is_live(lease.until, ctx.now(), settings.relay_lease)) {
      const sim::ClockTime end = ctx.now() + settings.relay_lease;
      ctx.write(*this, QueueLeased{static_cast<Queue>(row.queue), ctx.sender().index,
                                   lease.token + 1, end.time_since_epoch().count()});
      ctx.force();
    }
    return {lease.token, lease.until};
  }
  void release(const RowId&) {}
  void replay(const QueueLeased& record, sim::OrderId order) {
    leases[static_cast<std::size_t>(record.queue)].replay(
        kit::LeaseGiven{record.holder, record.token, record.until}, order);
  }
  void lose_memory() {}

  static auto fields(auto& self) {
    auto& [l] = self;
    return std::tie(l);
  }
};

}  // namespace indoubt::outbox
