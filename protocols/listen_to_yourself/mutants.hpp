#pragma once

#include "protocols/kit/messaging/careless_consumers.hpp"
#include "protocols/listen_to_yourself/order_service.hpp"

/// Listening to oneself with one mistake each, as people make it. Every mutant is the correct role
/// but for the handlers that it declares; `family.cpp` says what each of them breaks.
namespace indoubt::listen_to_yourself::mutants {

/// Answers the client as soon as the event has left.
struct AnswersTooEarly : OrderService {
  using OrderService::on;
  void on(const kit::PlaceOrder& request, Context& ctx);
  void on(const Confirmed& ack, Context& ctx);
};

/// Writes its own database and publishes afterwards: two writes.
struct DualWrite : OrderService {
  using OrderService::on;
  void on(const kit::PlaceOrder& request, Context& ctx);
};

/// Publishes once, and does not wait for a confirmation.
struct PublishesOnce : AnswersTooEarly {
  using AnswersTooEarly::on;
  void on(const RepublishDue&, Context&) {}
};

/// Acknowledges its own event before its database has the order for good.
struct HeardBeforeForce : OrderService {
  using OrderService::on;
  void on(const Deliver& event, Context& ctx);
};

/// Takes its own event for a new one each time that it comes.
struct NotesEveryCopy : OrderService {
  using OrderService::on;
  void on(const Deliver& event, Context& ctx);
};

/// Knows of the order when its request comes again, and says that it has failed.
struct RefusesCopies : OrderService {
  using OrderService::on;
  void on(const kit::PlaceOrder& request, Context& ctx);
};

/// Takes silence of the broker for a no.
struct GivesUp : OrderService {
  using OrderService::on;
  void on(const RepublishDue&, Context& ctx);
};

}  // namespace indoubt::listen_to_yourself::mutants
