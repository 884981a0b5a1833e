#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/kit/atomic_commit/messages.hpp"
#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/order_table.hpp"

namespace indoubt::atomic_commit {

/// Where a service stands with an order.
enum class Phase : std::uint8_t { unknown, working, prepared, committed, aborted };

/// The local half of a service: a row for each order, with its `phase`, and the units that orders
/// lock. What a decision does to them, and how they come back with the log, is the same whoever
/// decides and however it gets here.
template <typename Context, typename Row>
struct Branches {
  kit::Stock stock;
  kit::OrderTable<Row> branches;

  /// Whether to force it is the protocol's to know.
  void commit(Row& branch, Context& ctx) {
    branch.phase = Phase::committed;
    ctx.template cancel<InquiryDue>();
    ctx.append(Committed{stock.units_of(ctx.order())});
    stock.assign(ctx.order(), stock.units_of(ctx.order()));
  }

  void abort(Row& branch, Context& ctx) {
    const kit::UnitList units = stock.units_of(ctx.order());
    const bool is_prepared = branch.phase == Phase::prepared;
    branch.phase = Phase::aborted;
    ctx.template cancel<WorkTimeout>();
    ctx.template cancel<InquiryDue>();
    stock.release(ctx.order(), units);
    ctx.append(Aborted{is_prepared ? units : kit::UnitList{}});
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

  static auto fields(auto& self) {
    auto& [s, b] = self;
    return std::tie(s, b);
  }
};

}  // namespace indoubt::atomic_commit
