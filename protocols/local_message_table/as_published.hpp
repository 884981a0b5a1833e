#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/local_message_table/messages.hpp"
#include "sim/world/constant.hpp"

/// The local message table as it is published and copied. The claim: messages are not lost, nor
/// processed more than once.
namespace indoubt::local_message_table::as_published {

/// The sleep between two rows.
inline constexpr sim::Duration loop_sleep = std::chrono::seconds{1};

/// A producer that writes its messages in a transaction of their own, after the business change;
/// and a loop that processes one row after another, in the order of their random ids. What it lacks
/// is a lease or a timeout: nothing ever looks again at a row whose status is `processing`.
struct OrderService {
  static constexpr std::string_view role_name = "coordinator";
  /// The messages of one order, by their status.
  struct Rows {
    std::uint64_t id = 0;  ///< of the order's messages, before its service is mixed in
    kit::ServiceSet fresh{};
    kit::ServiceSet processing{};
    static auto fields(auto& self) {
      auto& [i, f, p] = self;
      return std::tie(i, f, p);
    }
  };
  /// A row of the table.
  struct Row {
    sim::OrderId order = sim::no_order;  ///< `no_order`: there is none
    std::size_t service = 0;
  };
  enum class Loop : std::uint8_t { idle, asleep, processing };

  sim::Constant<Settings> settings;
  kit::OrderTable<Rows> table;
  Loop loop = Loop::idle;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const WorkerDue&, Context& ctx);
  void on(const Ack&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const RowsInserted& record, sim::OrderId order);
  void replay(const RowsClaimed& record, sim::OrderId order);

  /// The loop is gone, and which rows it was at.
  void lose_memory() {
    table.lose_memory([](Rows& rows) { rows.processing = {}; });
    loop = Loop::idle;
  }

  void insert(std::uint64_t id, Context& ctx);
  void process(const Row& row, Context& ctx);
  void sleep(Context& ctx);
  /// The row with status new that has the smallest id.
  Row smallest();

  static auto fields(auto& self) {
    auto& [s, t, l] = self;
    return std::tie(s, t, l);
  }
};

/// A service without an inbox: every copy of a message has its effect.
struct Receiver {
  static constexpr std::string_view role_name = "participant";
  kit::Stock stock;

  void on(const Deliver&, Context& ctx);

  void replay(const UnitsAssigned& record, sim::OrderId order) {
    stock.assign(order, record.units);
  }
  void lose_memory() { stock.lose_memory(); }

  void apply(Context& ctx);

  static auto fields(auto& self) {
    auto& [s] = self;
    return std::tie(s);
  }
};

}  // namespace indoubt::local_message_table::as_published
