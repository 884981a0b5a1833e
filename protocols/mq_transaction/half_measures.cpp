#include "protocols/mq_transaction/half_measures.hpp"

#include <bit>

namespace indoubt::mq_transaction {

/// That the transaction is committed is the last of its records. Without it the producer is told
/// that it was rolled back, and begins it anew: consumers tell what they have had.
void PerMessageBroker::commit(Transaction& transaction, Context& ctx) {
  ctx.cancel<TransactionTimeout>();
  for (std::uint64_t rest = transaction.sent; rest != 0; rest &= rest - 1) {
    const auto to = static_cast<std::uint64_t>(std::countr_zero(rest));
    ctx.write(*this, messaging::MessageStored{to, settings->producer.index});
    settle(ctx);
    queues.offer_stored(ctx);
  }
  ctx.write(*this, TransactionCommitted{0});
  settle(ctx);
  ctx.answer(Committed{});
}

}  // namespace indoubt::mq_transaction
