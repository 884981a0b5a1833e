#pragma once

#include "protocols/mq_transaction/transaction_broker.hpp"

namespace indoubt::mq_transaction {

/// Puts a message on its log when it is sent, and commits with a marker behind it. So a message has
/// its place in a queue before it is known whether anybody will see it, and what is behind it has
/// to wait: consumers read up to the *last stable offset*, the first message of the oldest open
/// transaction. Source: Kafka, KIP-98 ("Exactly Once Delivery and Transactional Messaging").
struct MarkerBroker : TransactionBroker {
  using TransactionBroker::on;
  using TransactionBroker::replay;

  void on(const Send& message, Context& ctx);
  void on(const TransactionTimeout&, Context& ctx);
  void on(const sim::Restart& restart, Context& ctx);

  void replay(const MessageAppended& record, sim::OrderId order);
  void replay(const TransactionCommitted&, sim::OrderId order);
  void replay(const TransactionAborted&, sim::OrderId order) { queues.log.discard(order); }

  void commit(Transaction& transaction, Context& ctx) override;
  /// Until it is known whether the order's messages are committed.
  virtual void hold(sim::OrderId order) { queues.log.hold(order); }
  /// Of the queues that these messages are in.
  void go_on_behind(std::uint64_t destinations, Context& ctx);
};

}  // namespace indoubt::mq_transaction
