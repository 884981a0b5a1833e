#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/messaging/consumer_process.hpp"
#include "protocols/kit/messaging/messages.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "protocols/saga/messages.hpp"

/// The choreographed saga: nobody tells anybody what to do. Services publish what they did as
/// events on the log of a broker, and do what other services' events call for.
namespace indoubt::saga::choreography {

/// What events say.
enum class EventType : std::uint64_t {
  order_created,
  step_done,    ///< of the service that publishes it
  step_failed,  ///< of the service that publishes it
  timed_out,    ///< the order took too long, and is not placed
};
inline constexpr std::size_t event_types = 4;

inline std::string name_of(EventType type) {
  static constexpr std::array<std::string_view, event_types> names{"order_created", "step_done",
                                                                   "step_failed", "timed_out"};
  return std::string{names[static_cast<std::size_t>(type)]};
}

// At least once, and in any order: events overtake each other.
using Confirmed = messaging::Confirmed<EventType>;
using Deliver = messaging::Deliver<EventType>;
using messaging::Consumed;
using messaging::RepublishDue;

/// The order has taken long enough.
struct DeadlineDue : sim::Timer {
  static constexpr std::string_view name = "deadline_due";
};

using Messages = kit::MessagesWith<messaging::Messages<EventType>, DeadlineDue, RepublishDue,
                                   messaging::RedeliverDue, kit::SettlingMessages>;

// A record is a local transaction: the change, the event that called for it (inbox) and the event
// that tells of it (outbox) are durable together or not at all. Those of a service's step are the
// same as when it is orchestrated.

/// Order service: the order waits for its steps. Outbox: `order_created`.
struct OrderCreated {
  static constexpr std::string_view name = "order_created";
};
/// Order service: the step of one service is done.
struct StepNoted {
  static constexpr std::string_view name = "step_noted";
  std::uint64_t service;  ///< its position
};
/// Order service: all steps are done. The order is placed, for ever.
struct OrderPlaced {
  static constexpr std::string_view name = "order_placed";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::commit);
  }
};
/// Order service: a step has failed, so the order is not placed. The services that did their steps
/// see that event, too.
struct OrderRejected {
  static constexpr std::string_view name = "order_rejected";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::abort);
  }
};
/// Order service: the order took too long and is not placed. Outbox: `timed_out`.
struct OrderTimedOut {
  static constexpr std::string_view name = "order_timed_out";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::abort);
  }
};
using Dispatched = messaging::Dispatched<EventType>;

using Records = sim::JoinedKinds<UnitsAssigned, Refused, UnitsReleased, OrderCreated, StepNoted,
                                 OrderPlaced, OrderRejected, OrderTimedOut, Dispatched,
                                 messaging::BrokerRecords, End, kit::SettlingRecords>;
using Context = sim::Context<Messages, Records>;

/// One of several processes of a service that take events from the log, and share its database.
using Process = messaging::ConsumerProcess<Context, EventType>;

/// What the roles are told when they are set up.
struct Settings {
  kit::Services services{};
  sim::NodeId order_service{};
  sim::NodeId broker{};
  sim::Duration deadline{};  ///< of an order, by the order service's clock
  kit::Retry retry{};
};

}  // namespace indoubt::saga::choreography
