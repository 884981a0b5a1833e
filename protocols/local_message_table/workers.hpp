#pragma once

#include <string_view>
#include <tuple>

#include "protocols/local_message_table/order_service.hpp"

/// Several workers of one table of messages. They are claimers and no more: the table gives what
/// nobody is at to whoever asks first, for as long as a lease lasts, and a worker keeps nothing in
/// mind. A worker that was paused may send what another one has sent meanwhile; the inbox is what
/// makes that harmless, and so no lease has a number here.
namespace indoubt::local_message_table {

/// The role of one of several workers, and the default name of the first one's node.
inline constexpr std::string_view worker_role = "worker";

/// The order service where its workers are nodes of their own.
struct SharedTable : OrderService {
  using OrderService::on;
  void on(const WorkerDue&, Context& ctx);
  void on(const ClaimRows&, Context& ctx);
  void on(const MarkDone& done, Context& ctx);

  /// Whether there is something that is not done.
  static bool is_open(const Rows& rows) {
    return rows.status == Status::fresh || rows.status == Status::processing;
  }
};

/// Sends what it gets from the table, and says what is done. It sends nothing again by itself: who
/// claims it when its lease is over does.
struct Worker {
  static constexpr std::string_view role_name = worker_role;
  sim::Constant<Settings> settings;

  void on(const RowsWaiting&, Context& ctx) { ctx.answer(ClaimRows{}); }
  void on(const HandRows& handed, Context& ctx);
  void on(const Ack&, Context& ctx);

  static auto fields(auto& self) {
    auto& [s] = self;
    return std::tie(s);
  }
};

}  // namespace indoubt::local_message_table
