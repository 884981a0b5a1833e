#pragma once

#include <tuple>
#include <type_traits>

#include "protocols/business/supervisor/supervisor.hpp"
#include "protocols/saga/choreography/order_service.hpp"
#include "protocols/saga/choreography/participant.hpp"

/// The choreographed saga under a supervisor, which reads and finishes what the events on the log do
/// not: a step whose order was not placed, and nobody was there to tell it.
namespace indoubt::saga::choreography {

using Supervisor = business::Supervisor<Context>;

/// The authority: answers from its log what became of an order, but for how the client was told.
struct SupervisedOrderService : OrderService {
  using OrderService::on;
  using OrderService::replay;
  void on(const business::AskOutcome&, Context& ctx);
  void replay(const OrderPlaced& record, sim::OrderId order);
};

/// A step that is done is not final: it may have to be undone. So it says every period that it has
/// one, until it was undone or the supervisor says that it stands.
struct SupervisedParticipant : Participant {
  struct Watch {
    sim::ClockTime since{};  ///< the step was done, or the node restarted
    bool is_over = false;    ///< the step stands for ever
    static auto fields(auto& self) {
      auto& [s, o] = self;
      return std::tie(s, o);
    }
  };
  business::OrderTable<Watch> watches;

  using Participant::on;
  using Participant::replay;
  void on(const Deliver& event, Context& ctx);
  void on(const business::ReviewDue&, Context& ctx) { review(ctx); }
  void on(const business::Settle& repair, Context& ctx);
  void on(const sim::Restart& restart, Context& ctx);

  void replay(const StepCompleted&, sim::OrderId order) { watches[order].is_over = true; }

  bool is_unfinished(sim::OrderId order) const;
  void watch(Context& ctx);
  void review(Context& ctx) const;

  static auto fields(auto& self) {
    constexpr bool is_const = std::is_const_v<std::remove_reference_t<decltype(self)>>;
    using Base = std::conditional_t<is_const, const Participant, Participant>;
    return std::tuple_cat(Participant::fields(static_cast<Base&>(self)), std::tie(self.watches));
  }
};

}  // namespace indoubt::saga::choreography
