#pragma once

#include <cstddef>
#include <tuple>

#include "protocols/kit/messaging/careless_consumers.hpp"
#include "protocols/outbox/order_service.hpp"
#include "protocols/outbox/relays/relay.hpp"
#include "protocols/outbox/relays/row_table.hpp"

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
template <typename Base>
struct SavesApart : Base {
  using Base::on;
  using Base::replay;

  void on(const CommitDue&, Context& ctx) {
    ctx.write(*this, OrderSaved{});
    ctx.force();
    ctx.write(*this, RowsInserted{});
    ctx.force();
    ctx.reply(kit::Placed{});
    this->relay(ctx);
  }

  void replay(const OrderSaved&, sim::OrderId order) {
    this->orders[order].phase = Order::Phase::placed;
  }
  void replay(const RowsInserted&, sim::OrderId order) { this->placed.push_back(order); }

  /// The order's own record has no id.
  void lose_memory() {
    Base::lose_memory();
    this->orders.lose_memory([](Order& order) { order.sequence = 0; });
  }
};

/// `process_outbox` selects all rows by id, publishes each one as persistent, does not wait for the
/// broker, which was not asked to confirm anything, and deletes the row.
struct OrderService : SavesApart<outbox::OrderService<Progress>> {
  using SavesApart::on;
  using SavesApart::replay;
  void on(const PollDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const RowPublished&, sim::OrderId order);

  void relay(Context& ctx) override;
};

/// Several instances of `process_outbox`: the rows that one has selected are in the result of the
/// others as well, for nothing says that they are taken.
struct SharedOutbox : SavesApart<RowTable<NoClaim>> {
  using SavesApart::on;
  void on(const MarkRow& mark, Context& ctx);
};
struct Relay : outbox::Relay {
  using outbox::Relay::on;
  void on(const HandRow& handed, Context& ctx);
};

/// The sample has no consumer. This is one by somebody who believes the claim, so it looks for no
/// repetitions.
using Consumer = messaging::ConsumerWithoutInbox<Context, Queue>;

}  // namespace indoubt::outbox::as_published
