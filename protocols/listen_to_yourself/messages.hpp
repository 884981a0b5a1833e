#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/job/client.hpp"
#include "protocols/kit/messaging/lazy_broker.hpp"
#include "protocols/kit/messaging/messages.hpp"
#include "protocols/kit/retention.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "protocols/listen_to_yourself/options.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// Listen to yourself: whoever has something to say says it to a broker and nowhere else, and hears
/// it from there like everybody. What travels, what is written, and what each of them states.
/// Sources: Kreps, The Log (2013), for the log as the place where things take place; Kleppmann,
/// Designing Data-Intensive Applications (2017), chapter 11, for dual writes and for state that is
/// derived from a log.
namespace indoubt::listen_to_yourself {

using sim::FactKind;
using sim::Outcome;

/// What events say.
enum class Event : std::uint64_t { order_placed };
inline std::string name_of(Event) { return "order_placed"; }

using Publish = messaging::Publish<Event>;
using Confirmed = messaging::Confirmed<Event>;
using Deliver = messaging::Deliver<Event>;
using messaging::Consumed;
using messaging::RepublishDue;

// Last, so that all others have the numbers that they have without it.
using Messages =
    sim::JoinedKinds<kit::MessagesWith<messaging::Messages<Event>, RepublishDue,
                                       messaging::RedeliverDue, kit::ComparingMessages>,
                     messaging::FlushDue>;

/// Broker: the event is on its log. That is where the order is placed; there is no other place.
struct EventStored : messaging::MessageStored {
  static constexpr std::string_view name = "event_stored";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::commit);
    MessageStored::facts_when_forced(sink);
  }
};
/// Order service: the order is in its own database, which follows the log. So it is what the event
/// calls for here.
struct OrderNoted {
  static constexpr std::string_view name = "order_noted";
  void facts(sim::FactSink& sink) const { sink.state(FactKind::applied); }
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::commit);
  }
};

using Records =
    sim::JoinedKinds<EventStored, OrderNoted, messaging::MessageConsumed, messaging::MessageDead,
                     messaging::ConsumerRecords, kit::ComparingRecords, kit::RetentionRecords>;
using Context = sim::Context<Messages, Records>;

/// What the order service is told when it is set up.
struct Settings : Options {
  sim::NodeId broker{};
};

}  // namespace indoubt::listen_to_yourself
