#include "protocols/mq_transaction/marker_broker.hpp"

namespace indoubt::mq_transaction {

/// Not forced: without its record a message is not sent, and the transaction is not committed.
void MarkerBroker::on(const Send& message, Context& ctx) {
  const Transaction& transaction = rows[ctx.order()];
  const auto to = static_cast<std::uint64_t>(message.to);
  const bool is_sent = (transaction.sent >> to & 1) != 0;
  if (transaction.phase == Phase::open && !is_sent) ctx.write(*this, MessageAppended{to});
  TransactionBroker::on(message, ctx);
}

/// The messages are on the log in front of the marker, so its force is theirs.
void MarkerBroker::commit(Transaction& transaction, Context& ctx) {
  ctx.cancel<TransactionTimeout>();
  ctx.write(*this, TransactionCommitted{transaction.sent});
  settle(ctx);
  ctx.answer(Committed{});
  go_on_behind(transaction.sent, ctx);
}

/// Not forced: without the record the transaction is as open as before, and is aborted again.
void MarkerBroker::on(const TransactionTimeout& timeout, Context& ctx) {
  const Transaction transaction = rows[ctx.order()];
  if (transaction.phase != Phase::open) return;
  ctx.write(*this, TransactionAborted{});
  TransactionBroker::on(timeout, ctx);
  go_on_behind(transaction.sent, ctx);
}

/// What was open is over, for its producer will be told so. Left on the log it would keep everybody
/// from what is behind it, for ever.
void MarkerBroker::on(const sim::Restart& restart, Context& ctx) {
  queues.log.chains.for_each([&](sim::OrderId order, const messaging::MessageLog::Chain&) {
    if (!queues.log.has_held(order)) return;
    Context about = ctx.about(order);
    about.write(*this, TransactionAborted{});
  });
  TransactionBroker::on(restart, ctx);
}

void MarkerBroker::go_on_behind(std::uint64_t destinations, Context& ctx) {
  for_each_destination(destinations, [&](Destination to) {
    for (const sim::NodeId consumer : queues.route_of(to).consumers) queues.fill_up(consumer, ctx);
  });
}

void MarkerBroker::replay(const MessageAppended& record, sim::OrderId order) {
  queues.store(static_cast<Destination>(record.to), settings->producer, order);
  hold(order);
}

void MarkerBroker::replay(const TransactionCommitted&, sim::OrderId order) {
  rows[order].phase = Phase::committed;
  queues.log.release(order);
}

}  // namespace indoubt::mq_transaction
