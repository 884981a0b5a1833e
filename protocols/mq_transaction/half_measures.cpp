#include "protocols/mq_transaction/half_measures.hpp"

namespace indoubt::mq_transaction {

/// That the transaction is committed is the last of its records. Without it the producer is told
/// that it was rolled back, and begins it anew: consumers tell what they have had.
void PerMessageBroker::commit(Transaction& transaction, Context& ctx) {
  ctx.cancel<TransactionTimeout>();
  for_each_destination(transaction.sent, [&](Destination to) {
    const auto topic = static_cast<std::uint64_t>(to);
    ctx.write(*this, messaging::MessageStored{topic, settings->producer.index});
    settle(ctx);
    queues.offer_stored(ctx);
  });
  ctx.write(*this, TransactionCommitted{0});
  settle(ctx);
  ctx.answer(Committed{});
}

}  // namespace indoubt::mq_transaction
