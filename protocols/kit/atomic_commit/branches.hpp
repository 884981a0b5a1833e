#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/kit/atomic_commit/messages.hpp"
#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/order_table.hpp"

namespace indoubt::atomic_commit {

/// Where a service stands with an order.
enum class Phase : std::uint8_t {
  unknown,
  working,
  prepared,
  committed,
  aborted,
  read,  ///< it has vouched for what was read, and has no part in the outcome
};

/// The local half of a service: a row for each order, with its `phase`, and the units that orders
/// lock. What a decision does to them, and how they come back with the log, is the same whoever
/// decides and however it gets here.
template <typename Context, typename Row>
struct Branches {
  kit::Stock stock;
  kit::OrderTable<Row> branches;

  /// The protocol decides whether it is forced.
  void commit(Context& ctx) {
    ctx.template cancel<InquiryDue>();
    ctx.write(*this, Committed{stock.units_of(ctx.order())});
  }

  /// Locks without a yes are in memory only, so there is no record that they are released.
  void abort(Context& ctx) {
    ctx.template cancel<WorkTimeout>();
    ctx.template cancel<InquiryDue>();
    if (branches[ctx.order()].phase != Phase::prepared) stock.unlock(ctx);
    ctx.write(*this, Aborted{stock.units_of(ctx.order())});
  }

  void replay(const Prepared& record, sim::OrderId order) {
    branches[order].phase = Phase::prepared;
    stock.hold(order, record.hold);
  }
  void replay(const Committed& record, sim::OrderId order) {
    branches[order].phase = Phase::committed;
    stock.assign(order, record.units);
  }
  void replay(const Aborted& record, sim::OrderId order) {
    branches[order].phase = Phase::aborted;
    stock.release(order, record.units);
  }
  void replay(const Refused&, sim::OrderId order) { branches[order].phase = Phase::aborted; }

  /// The phase of a row is on record. Work that was not prepared is lost with its locks.
  void lose_memory() {
    branches.for_each([&](sim::OrderId order, Row& branch) {
      const Phase phase = branch.phase;
      branch = {};
      if (phase == Phase::working) {
        stock.release(order, stock.units_of(order));
      } else {
        branch.phase = phase;
      }
    });
    branches.lose_memory();
    stock.lose_memory();
  }

  static auto fields(auto& self) {
    auto& [s, b] = self;
    return std::tie(s, b);
  }
};

}  // namespace indoubt::atomic_commit
