#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/local_message_table/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::local_message_table {

/// The order service with its database, and the worker that empties the table of messages in it.
struct OrderService {
  static constexpr std::string_view role_name = "coordinator";
  enum class Status : std::uint8_t { none, fresh, processing, done };
  /// The messages of one order. They are claimed together, so they have one status.
  struct Rows {
    Status status = Status::none;
    kit::ServiceSet undone{};
    sim::ClockTime lease_until{};
    kit::Attempts attempts{};
    static auto fields(auto& self) {
      auto& [s, u, l, a] = self;
      return std::tie(s, u, l, a);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Rows> table;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const WorkerDue&, Context& ctx);
  void on(const Ack&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const OrderPlaced& record, sim::OrderId order);
  void replay(const RowsInserted& record, sim::OrderId order);
  void replay(const RowsClaimed& record, sim::OrderId order);
  void replay(const RowDone& record, sim::OrderId order);

  void lose_memory() {
    table.lose_memory([](Rows& rows) { rows.attempts = 0; });
  }

  void insert(kit::ServiceSet rows, sim::OrderId order);
  void claim(Rows& rows, Context& ctx);
  /// Makes the claim durable, and says how long it is good for.
  sim::Duration take_lease(Rows& rows, Context& ctx);
  /// The message to this service is done.
  void mark_done(std::size_t service, Context& ctx);
  void send(const Rows& rows, Context& ctx) const;
  void finish(Rows& rows, std::size_t service);
  /// How long nobody may claim the rows; 0 if somebody may now.
  sim::Duration wait(const Rows& rows, sim::ClockTime now) const;

  static auto fields(auto& self) {
    auto& [s, t] = self;
    return std::tie(s, t);
  }
};

}  // namespace indoubt::local_message_table
