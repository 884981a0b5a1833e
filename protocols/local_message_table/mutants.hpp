#pragma once

#include "protocols/local_message_table/order_service.hpp"
#include "protocols/local_message_table/receiver.hpp"

/// Local message tables with one mistake each, as people make it. Every mutant is the correct role
/// but for the handlers that it declares; `family.cpp` says what each of them breaks, and where it
/// was seen.
namespace indoubt::local_message_table::mutants {

/// M-G01: a claim is for good.
struct NoLease : OrderService {
  using OrderService::on;
  void on(const WorkerDue& timer, Context& ctx);
  void on(const sim::Restart& restart, Context& ctx);
};

/// M-G03: the messages are not in the transaction of the order.
struct DualWrite : OrderService {
  using OrderService::on;
  void on(const kit::PlaceOrder& request, Context& ctx);
};

/// M-G11: the id is in the inbox before the effect is durable.
struct InboxFirst : Receiver {
  using Receiver::on;
  void on(const Deliver& message, Context& ctx);
};

/// X-LMT-01: sends the messages before there is an order.
struct SendsBeforeCommit : OrderService {
  using OrderService::on;
  void on(const kit::PlaceOrder& request, Context& ctx);
};

/// X-LMT-02: a message that was sent is done.
struct DoneWhenSent : OrderService {
  using OrderService::on;
  void on(const WorkerDue& timer, Context& ctx);
};

/// X-LMT-03: acknowledges before the effect is durable.
struct AckBeforeForce : Receiver {
  using Receiver::on;
  void on(const Deliver& message, Context& ctx);
};

/// X-LMT-04: every copy of a message has its effect.
struct NoInbox : Receiver {
  using Receiver::on;
  void on(const Deliver&, Context& ctx);
};

/// X-LMT-05: the client is told before the order is durable.
struct PlacedBeforeForce : OrderService {
  using OrderService::on;
  void on(const kit::PlaceOrder& request, Context& ctx);
};

/// X-LMT-08: finds the order's row when its request comes again, and says that it has failed.
struct RefusesCopies : OrderService {
  using OrderService::on;
  void on(const kit::PlaceOrder& request, Context& ctx);
};

}  // namespace indoubt::local_message_table::mutants
