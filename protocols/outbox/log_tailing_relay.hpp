#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/outbox/order_service.hpp"

namespace indoubt::outbox {

struct LogTailingProgress {
  std::uint64_t position =
      0;                    ///< transactions whose rows are confirmed, the first ones of `placed`
  bool is_reading = false;  ///< the rows of the next one are under way
  void lose_memory() { is_reading = false; }
  static auto fields(auto& self) {
    auto& [p, r] = self;
    return std::tie(p, r);
  }
};

/// Reads the database's log, which has the rows in the order of their commits, and remembers how
/// far it has come. Rows carry no marks and could be deleted in the transaction that inserts them.
/// It is woken by the log, so it has no timer for looking.
struct LogTailingRelay : OrderService<LogTailingProgress> {
  using OrderService::on;
  using OrderService::replay;
  void on(const Confirmed& ack, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const PositionStored& record, sim::OrderId) { progress.position = record.position; }

  void relay(Context& ctx) override;
  /// Publishes the rows of the next transaction, if there is one.
  void read_next(Context& ctx);
  void publish_rows_of(sim::OrderId order, Context& ctx);
};

}  // namespace indoubt::outbox
