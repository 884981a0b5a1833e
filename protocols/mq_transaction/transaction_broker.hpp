#pragma once

#include <bit>
#include <cstdint>
#include <tuple>

#include "protocols/mq_transaction/queue_broker.hpp"

namespace indoubt::mq_transaction {

/// A transaction as the broker sees it. An open one is in memory only.
struct Transaction {
  enum class Phase : std::uint8_t { none, open, committed };
  Phase phase = Phase::none;
  bool is_commit_asked = false;
  std::uint64_t expected = 0;  ///< messages, when the commit is asked for
  std::uint64_t sent = 0;      ///< bit set of destinations
  /// All that is on record is that it was committed.
  void lose_memory() { *this = {.phase = phase == Phase::committed ? phase : Phase::none}; }
  static auto fields(auto& self) {
    auto& [p, c, e, s] = self;
    return std::tie(p, c, e, s);
  }
};

/// Calls `visit(destination)` for each destination of a bit set.
template <typename Visit>
void for_each_destination(std::uint64_t destinations, Visit&& visit) {
  for (std::uint64_t rest = destinations; rest != 0; rest &= rest - 1)
    visit(static_cast<Destination>(std::countr_zero(rest)));
}

/// Keeps the messages of a transaction in memory until it commits, and then writes all of them in
/// one record. What was not committed when it crashes, or when nothing was heard for long, is
/// rolled back. It remembers which transactions were committed, so that nobody can commit them
/// twice.
struct TransactionBroker : QueueBroker<Transaction> {
  using QueueBroker<Transaction>::on;
  using QueueBroker<Transaction>::replay;
  using Phase = Transaction::Phase;

  virtual ~TransactionBroker() = default;

  void on(const Begin&, Context& ctx);
  void on(const Send& message, Context& ctx);
  void on(const Commit& message, Context& ctx);
  void on(const TransactionTimeout&, Context& ctx);
  void on(const sim::Restart& restart, Context& ctx) { queues.on(restart, ctx); }

  void replay(const TransactionCommitted& record, sim::OrderId order);

  virtual bool is_complete(const Transaction& transaction) const;
  virtual void commit(Transaction& transaction, Context& ctx);
  /// What was written is durable, before anything that follows.
  virtual void settle(Context& ctx) { ctx.force(); }
  /// Commits the transaction if nothing of it is missing, and otherwise waits for more.
  void go_on(Transaction& transaction, Context& ctx);
  void answer_committed(Context& ctx) const;
  void put_into_queues(std::uint64_t destinations, sim::OrderId order);
};

}  // namespace indoubt::mq_transaction
