#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include "protocols/kit/job/busy_time.hpp"
#include "protocols/kit/messaging/outbox.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/outbox/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::outbox {

/// What the order service knows of an order.
struct Order {
  enum class Phase : std::uint8_t { unknown, open, placed };
  Phase phase = Phase::unknown;
  std::uint64_t sequence = 0;  ///< id of its rows
  /// Rows that the relay has published and that are not confirmed; in memory only.
  messaging::Outbox<Queue> under_way{};
  static auto fields(auto& self) {
    auto& [p, s, u] = self;
    return std::tie(p, s, u);
  }
};

/// Places orders in its own database, and says so in rows of an outbox, in the same transaction.
/// How the rows get to the broker is for the relay, which derives from it and runs on its node;
/// `Progress` is how far that one has come.
template <typename Progress>
struct OrderService {
  static constexpr std::string_view role_name = "coordinator";
  using Phase = Order::Phase;

  sim::Constant<Settings> settings;
  kit::OrderTable<Order> orders;
  std::vector<sim::OrderId> placed;  ///< in the order of their commits
  std::uint64_t sequence = 0;        ///< drawn last
  Progress progress{};

  virtual ~OrderService() = default;

  /// A transaction draws the id of its rows when it begins, and takes its time. So ids are in the
  /// order of beginnings, which is not the order of commits.
  void on(const kit::PlaceOrder&, Context& ctx) {
    Order& order = orders[ctx.order()];
    if (order.phase == Phase::open) return kit::answer_again({}, ctx);
    if (order.phase == Phase::placed) return kit::answer_again(sim::Outcome::commit, ctx);
    order = {.phase = Phase::open, .sequence = ++sequence};
    ctx.arm<CommitDue>(kit::busy_time(settings->transaction, ctx));
  }

  /// The force is the commit of all: with the order its messages are durable, and without it there
  /// are none. A client whose connection is lost in a crash is not told afterwards.
  void on(const CommitDue&, Context& ctx) {
    ctx.write(*this, OrderPlaced{orders[ctx.order()].sequence});
    ctx.force();
    ctx.reply(kit::Placed{});
    relay(ctx);
  }

  /// The same message under the same id: the broker may have stored it already.
  void on(const RepublishDue&, Context& ctx) {
    orders[ctx.order()].under_way.publish(settings->broker, settings->retry, ctx);
  }

  void replay(const OrderPlaced& record, sim::OrderId order) {
    orders[order] = {.phase = Phase::placed, .sequence = record.sequence};
    placed.push_back(order);
    sequence = std::max(sequence, record.sequence);
  }

  /// A transaction that is open is lost, and an id that only such a one has drawn is drawn again.
  void lose_memory() {
    orders.lose_memory([](Order& order) {
      order.under_way = {};
      if (order.phase == Phase::open) order = {};
    });
    sequence = 0;
    progress.lose_memory();
  }

  /// There are new rows, durably.
  virtual void relay(Context& ctx) = 0;

  static auto fields(auto& self) {
    auto& [s, o, p, q, r] = self;
    return std::tie(s, o, p, q, r);
  }
};

}  // namespace indoubt::outbox
