#pragma once

#include <string_view>

#include "protocols/kit/mistakes/careless.hpp"
#include "protocols/saga/choreography/order_service.hpp"
#include "protocols/saga/choreography/participant.hpp"
#include "protocols/saga/choreography/supervised.hpp"

/// Choreographed sagas with mistakes (`kit::Careless`).
namespace indoubt::saga::choreography::mutants {

/// An event that undoes an order of which it has not heard means nothing to it.
template <typename P>
struct EarlyCancelDropped : P {
  static constexpr std::string_view mistake = "M-E14";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Deliver& event, Context& ctx) {
    const bool is_early = event.topic != EventType::order_created &&
                          this->branches[ctx.order()].phase == Phase::unknown;
    if (is_early) return ctx.answer(Consumed{event.offset});
    P::on(event, ctx);
  }
};

/// Acknowledges an event before what it called for is durable.
template <typename P>
struct ConsumedBeforeForce : P {
  static constexpr std::string_view mistake = "X-SAGA-06";
  using P::on;
  void on(const Deliver& event, Context& ctx) {
    ctx.answer(Consumed{event.offset});
    P::on(event, ctx);
  }
};

/// Nobody owns the deadline, so nobody says that an order takes too long; the client is
/// told all the same.
template <typename O>
struct SilentTimeout : O {
  static constexpr std::string_view mistake = "X-SAGA-07";
  using Phase = OrderService::Phase;
  using O::on;
  void on(const DeadlineDue&, Context& ctx) {
    auto& order = this->orders[ctx.order()];
    if (order.phase == Phase::pending) this->reject(order, ctx);
  }
};

/// Does a step for each event that there is an order: whoever hands it the event is to know whether
/// it came before.
struct WithoutInbox : Participant {
  using Participant::on;
  void on(const Deliver& event, Context& ctx) {
    const bool is_new = event.topic == EventType::order_created;
    if (!is_new || is_poison(Command::step, ctx)) return Participant::on(event, ctx);
    do_step(event, branches[ctx.order()], ctx);
  }
};

/// M-H10: takes an order that nobody has decided yet for one that got stuck.
struct NoGrace : Supervisor {
  using Supervisor::on;
  void on(const kit::Unfinished& record, Context& ctx);
  void on(const kit::KnownOutcome& outcome, Context& ctx);
};

struct CarelessParticipant : kit::Careless<Participant, EarlyCancelDropped, ConsumedBeforeForce> {};
struct CarelessOrderService : kit::Careless<OrderService, SilentTimeout> {};

}  // namespace indoubt::saga::choreography::mutants
