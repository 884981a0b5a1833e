#pragma once

#include <cstddef>
#include <tuple>

#include "protocols/kit/messaging/careless_consumers.hpp"
#include "protocols/outbox/order_service.hpp"

/// The outbox as its sample is published and copied. The claim: a message is published exactly
/// once, even if the business transaction fails.
namespace indoubt::outbox::as_published {

struct Progress {
  std::size_t orders = 0;  ///< without rows any more: the first ones of `placed`
  std::size_t rows = 0;    ///< of the next order that are deleted, the first ones of its services
  bool is_asleep = false;
  void lose_memory() { is_asleep = false; }
  static auto fields(auto& self) {
    auto& [o, r, a] = self;
    return std::tie(o, r, a);
  }
};

/// `write_to_outbox` has a connection of its own, so order and rows are two transactions.
/// `process_outbox` selects all rows by id, publishes each one as persistent, does not wait for the
/// broker, which was not asked to confirm anything, and deletes the row.
struct OrderService : outbox::OrderService<Progress> {
  using outbox::OrderService<Progress>::on;
  using outbox::OrderService<Progress>::replay;
  void on(const CommitDue&, Context& ctx);
  void on(const PollDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const OrderSaved&, sim::OrderId order) { orders[order].phase = Phase::placed; }
  void replay(const RowsInserted&, sim::OrderId order) { placed.push_back(order); }
  void replay(const RowPublished&, sim::OrderId order);

  /// The order's own record has no id.
  void lose_memory() {
    outbox::OrderService<Progress>::lose_memory();
    orders.lose_memory([](Order& order) { order.sequence = 0; });
  }

  void relay(Context& ctx) override;
};

/// The sample has no consumer. This is one by somebody who believes the claim, so it looks for no
/// repetitions.
using Consumer = messaging::ConsumerWithoutInbox<Context, Queue>;

}  // namespace indoubt::outbox::as_published
