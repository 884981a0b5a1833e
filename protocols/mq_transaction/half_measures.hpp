#pragma once

#include "protocols/kit/messaging/lazy_broker.hpp"
#include "protocols/mq_transaction/transaction_broker.hpp"

/// Brokers with transactions that do not keep what a transaction promises, as some are shipped.
namespace indoubt::mq_transaction {

/// Writes the messages of a transaction one after the other, and shows each at once: a crash in
/// between shows some of them and not others.
struct PerMessageBroker : TransactionBroker {
  void commit(Transaction& transaction, Context& ctx) override;
};

/// Commits in memory, and flushes later: a crash before that forgets what was committed.
template <typename B>
struct Lazy : messaging::Flushes<B> {
  void settle(Context& ctx) override { this->flush_later(this->settings->flush_after, ctx); }
};

}  // namespace indoubt::mq_transaction
