#pragma once

#include "protocols/mq_transaction/producer.hpp"

/// The transaction of a message queue as its sample is published and copied: begin, send, send,
/// commit, and on an exception roll back. The claim: either all of its messages are processed or
/// none.
namespace indoubt::mq_transaction::as_published {

/// `begin()` returns the transaction's id, and the sample drops it. So the messages are sent
/// outside of the transaction, without asking for a receipt, and are visible at once. `commit()`
/// wants the id and raises before it sends anything; the handler calls a rollback that the library
/// does not have. Whoever copies the sample swallows the exception, since the messages have
/// arrived, and saves the order. The transaction, which is empty, stays open until the broker
/// forgets it.
struct Producer : mq_transaction::Producer {
  using mq_transaction::Producer::on;
  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const Begun&, Context&) {}
  void on(const sim::Restart&, Context&) {}
};

}  // namespace indoubt::mq_transaction::as_published
