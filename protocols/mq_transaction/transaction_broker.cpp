#include "protocols/mq_transaction/transaction_broker.hpp"

#include <bit>

namespace indoubt::mq_transaction {

void TransactionBroker::on(const Begin&, Context& ctx) {
  Transaction& transaction = rows[ctx.order()];
  if (transaction.phase == Phase::committed) return answer_committed(ctx);
  transaction.phase = Phase::open;
  ctx.answer(Begun{});
  ctx.arm<TransactionTimeout>(settings->transaction_timeout);
}

/// If the transaction is not open, it was rolled back, or it was committed with this very message.
void TransactionBroker::on(const Send& message, Context& ctx) {
  Transaction& transaction = rows[ctx.order()];
  if (transaction.phase != Phase::open) return;
  transaction.sent |= std::uint64_t{1} << static_cast<std::uint64_t>(message.to);
  go_on(transaction, ctx);
}

void TransactionBroker::on(const Commit& message, Context& ctx) {
  Transaction& transaction = rows[ctx.order()];
  if (transaction.phase == Phase::none) return ctx.answer(RolledBack{});
  if (transaction.phase == Phase::committed) return answer_committed(ctx);
  transaction.is_commit_asked = true;
  transaction.expected = message.messages;
  go_on(transaction, ctx);
}

void TransactionBroker::go_on(Transaction& transaction, Context& ctx) {
  if (transaction.is_commit_asked && is_complete(transaction)) return commit(transaction, ctx);
  ctx.arm<TransactionTimeout>(settings->transaction_timeout);
}

void TransactionBroker::answer_committed(Context& ctx) const {
  ctx.await_forces();
  ctx.answer(Committed{});
}

bool TransactionBroker::is_complete(const Transaction& transaction) const {
  return static_cast<std::uint64_t>(std::popcount(transaction.sent)) == transaction.expected;
}

/// The force is the commit: before it nobody sees a message, after it everybody sees all of them.
void TransactionBroker::commit(Transaction& transaction, Context& ctx) {
  ctx.cancel<TransactionTimeout>();
  ctx.write(*this, TransactionCommitted{transaction.sent});
  settle(ctx);
  ctx.answer(Committed{});
  queues.offer_stored(ctx);
}

void TransactionBroker::put_into_queues(std::uint64_t destinations, sim::OrderId order) {
  for_each_destination(destinations,
                       [&](Destination to) { queues.store(to, settings->producer, order); });
}

/// Nothing was written, so there is nothing to undo.
void TransactionBroker::on(const TransactionTimeout&, Context& ctx) {
  if (rows[ctx.order()].phase == Phase::open) rows.forget(ctx.order());
}

void TransactionBroker::replay(const TransactionCommitted& record, sim::OrderId order) {
  rows[order].phase = Phase::committed;
  put_into_queues(record.destinations, order);
}

}  // namespace indoubt::mq_transaction
