#pragma once

#include "protocols/kit/messaging/careless_consumers.hpp"
#include "protocols/mq_transaction/half_message_broker.hpp"
#include "protocols/mq_transaction/half_message_producer.hpp"
#include "protocols/mq_transaction/marker_broker.hpp"
#include "protocols/mq_transaction/producer.hpp"
#include "protocols/mq_transaction/transaction_broker.hpp"

/// Broker transactions and half messages with one mistake each, as people make it. Every mutant is
/// the correct role but for the handlers that it declares; `family.cpp` says what each of them
/// breaks, and where it was seen. A mutant has the mode that it derives from.
namespace indoubt::mq_transaction::mutants {

/// Sends its messages without the transaction's id, and commits a transaction that is empty.
struct SendsOutside : Producer {
  void send_and_commit(Context& ctx) const override;
};

/// Commits the order first and has its messages in memory.
struct DatabaseFirst : Producer {
  using Producer::on;
  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const Committed&, Context& ctx);
};

/// Writes nothing down before the broker has committed.
struct NoPendingOrder : Producer {
  using Producer::on;
  void on(const kit::PlaceOrder&, Context& ctx);
};

/// Commits what it has when it is asked to, though messages are missing.
struct CommitsWhatItHas : TransactionBroker {
  bool is_complete(const Transaction&) const override { return true; }
};

/// Delivers what is on its log, whatever the markers say.
struct ReadsUncommitted : MarkerBroker {
  using MarkerBroker::on;
  void on(const Send& message, Context& ctx);
  void hold(sim::OrderId) override {}
};

/// Looks for the order's row, and answers with a rollback if there is none.
struct CheckReadsOnly : HalfMessageProducer {
  using HalfMessageProducer::on;
  void on(const CheckBack&, Context& ctx);
};

/// Answers from what it has in memory.
struct ChecksMemory : HalfMessageProducer {
  using HalfMessageProducer::replay;
  void replay(const OrderPlaced&, sim::OrderId) {}
};

/// Runs the local transaction though the broker may not have the half message.
struct RunsWithoutHalf : HalfMessageProducer {
  using HalfMessageProducer::on;
  void on(const kit::PlaceOrder&, Context& ctx);
};

/// Shows a half message to its consumers right away.
struct HalfIsVisible : HalfMessageBroker {
  using HalfMessageBroker::on;
  void on(const Half& half, Context& ctx);
};

/// Never asks what became of a half message.
struct NoCheckBack : HalfMessageBroker {
  using HalfMessageBroker::on;
  void on(const CheckDue&, Context&) {}
};

}  // namespace indoubt::mq_transaction::mutants
