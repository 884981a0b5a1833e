#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/event_sourcing/options.hpp"
#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// A saga whose state is the fold of its events, which are kept in an event store. What travels,
/// what is written, and what each of them states.
///
/// Sources: Fowler, Event Sourcing (2005); Young, CQRS Documents (2010), for streams, expected
/// versions and snapshots; Garcia-Molina and Salem, Sagas (1987); Hohpe and Woolf, Enterprise
/// Integration Patterns (2003), for the process manager.
namespace indoubt::event_sourcing {

using sim::FactKind;
using sim::Outcome;

/// What happened to an order: an event of its stream, and the state that it leads to.
enum class Event : std::uint64_t {
  none,
  opened,     ///< everybody is to take units for it
  placed,     ///< everybody has
  cancelled,  ///< it is not placed, and everybody is to give back what it took
  closed,     ///< everybody has
};

inline std::string name_of(Event event) {
  static constexpr std::array<std::string_view, 5> names{"none", "opened", "placed", "cancelled",
                                                         "closed"};
  return std::string{names[static_cast<std::size_t>(event)]};
}

/// Process manager to store: append this event to the order's stream if it has this version, which
/// is the number of its events.
struct Append {
  static constexpr std::string_view name = "append";
  std::uint64_t expected_version;
  Event event;
  std::string text() const { return name_of(event) + " after " + std::to_string(expected_version); }
};
/// Store to process manager or reader: this event is in the order's stream, durably. Answers an
/// append, with every event after the version that was expected, and a read.
struct Recorded {
  static constexpr std::string_view name = "recorded";
  std::uint64_t position;  ///< in the log of all streams, from 1 on
  std::uint64_t version;   ///< of the stream with this event
  Event event;
  std::string text() const { return name_of(event) + " at " + std::to_string(position); }
};
/// A reader to the store: send what is in the log after this position, of all streams.
struct Read {
  static constexpr std::string_view name = "read";
  std::uint64_t after;
  std::uint64_t reader;  ///< a random number, new after each restart
  std::string text() const { return "after " + std::to_string(after); }
};
/// Store to reader: that was one page of the log.
struct PageEnd {
  static constexpr std::string_view name = "page_end";
  std::uint64_t position;  ///< of the last event of the page
  std::uint64_t newest;    ///< of the last event of the log
  std::uint64_t reader;    ///< who asked for it
};

/// Store to read model: there is something after what you have asked for.
struct Grown {
  static constexpr std::string_view name = "grown";
};

/// The id of a command: the version of the event that calls for it, so that it is the same whenever
/// and by whomever the command is sent.
using CommandId = std::uint32_t;

/// Process manager to service: take what the order needs.
struct Take {
  static constexpr std::string_view name = "take";
  CommandId id;
};
struct Taken {
  static constexpr std::string_view name = "taken";
};
/// Nothing was taken, and nothing will be.
struct NotTaken {
  static constexpr std::string_view name = "not_taken";
};
/// Process manager to service: give back what the order took, or might still ask for.
struct Compensate {
  static constexpr std::string_view name = "compensate";
  CommandId id;
};
struct Compensated {
  static constexpr std::string_view name = "compensated";
};

/// The order was tried for long enough.
struct CallTimeout : sim::Timer {
  static constexpr std::string_view name = "call_timeout";
};
/// An append or a command was not answered.
struct ResendDue : sim::Timer {
  static constexpr std::string_view name = "resend_due";
};
/// Some of what was read has not arrived.
struct CatchUpDue : sim::Timer {
  static constexpr std::string_view name = "catch_up_due";
};

/// Store: the read model has not asked for what is new.
struct NewsDue : sim::Timer {
  static constexpr std::string_view name = "news_due";
};

// What is for read models comes last, so that all others have the numbers that they have without.
using Messages = sim::JoinedKinds<
    kit::MessagesWith<Append, Recorded, Read, PageEnd, Take, Taken, NotTaken, Compensate,
                      Compensated, CallTimeout, ResendDue, CatchUpDue, kit::SettlingMessages>,
    Grown, NewsDue>;

/// Store: an event, at the end of the log and of its order's stream.
struct EventStored {
  static constexpr std::string_view name = "event_stored";
  Event event;
  std::string text() const { return name_of(event); }
  void facts_when_forced(sim::FactSink& sink) const {
    if (event == Event::placed) sink.state(FactKind::decided, Outcome::commit);
    if (event == Event::cancelled) sink.state(FactKind::decided, Outcome::abort);
  }
};

/// Process manager: an event is part of its state. What of these is durable is its checkpoint: a
/// restart reads the events behind it.
struct EventFolded {
  static constexpr std::string_view name = "event_folded";
  std::uint64_t position;
  Event event;
  std::string text() const { return name_of(event) + " at " + std::to_string(position); }
};
/// Process manager: the client knows what became of its order.
struct ClientTold {
  static constexpr std::string_view name = "client_told";
};

/// Service: an event of its own stream, and the command that it came from.
struct UnitsTaken {
  static constexpr std::string_view name = "units_taken";
  CommandId id;
  kit::UnitList units;
  void facts(sim::FactSink& sink) const { sink.change(FactKind::assigned, units); }
};
/// Service: declined, or not enough units.
struct TakeRefused {
  static constexpr std::string_view name = "take_refused";
  CommandId id;
  void facts(sim::FactSink& sink) const { sink.state(FactKind::refused); }
};
/// Service: nothing is taken for the order any more, nor will be.
struct UnitsReturned {
  static constexpr std::string_view name = "units_returned";
  CommandId id;
  kit::UnitList units;  ///< taken until now; none if there were none
  void facts(sim::FactSink& sink) const { sink.change(FactKind::released, units); }
};

/// To show that the order is placed is what its event calls for at the read model.
inline void state_shown(Event event, sim::FactSink& sink) {
  if (event == Event::placed) sink.state(FactKind::applied);
}
/// Read model: what it shows of the order, and that the event needs nothing any more.
struct Projected {
  static constexpr std::string_view name = "projected";
  std::uint64_t position;
  Event event;
  std::string text() const { return name_of(event) + " at " + std::to_string(position); }
  void facts(sim::FactSink& sink) const { state_shown(event, sink); }
};
/// Read model: the one without the other, in a transaction of its own.
struct Shown {
  static constexpr std::string_view name = "shown";
  Event event;
  std::string text() const { return name_of(event); }
  void facts(sim::FactSink& sink) const { state_shown(event, sink); }
};
struct TokenKept {
  static constexpr std::string_view name = "token_kept";
  std::uint64_t position;
};

using Records = sim::JoinedKinds<EventStored, EventFolded, ClientTold, UnitsTaken, TakeRefused,
                                 UnitsReturned, kit::SettlingRecords, Projected, Shown, TokenKept>;
using Context = sim::Context<Messages, Records>;

/// What the roles are told when they are set up.
struct Settings : Options {
  kit::Services services{};
  sim::NodeId store{};
  sim::NodeId reader = sim::no_node;  ///< the read model, if there is one
};

}  // namespace indoubt::event_sourcing
