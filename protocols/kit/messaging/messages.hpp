#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/job/stock.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// What families that talk through a broker share: its messages, its records, and those of
/// publishers and consumers. A family takes the lists at the end of this file into its own, with
/// its own topics.
///
/// A `Topic` is an `enum class` over `std::uint64_t` with a `name_of`: what a message says of its
/// order, and by that whom it is for. Sources: Hohpe and Woolf, Enterprise Integration Patterns
/// (2003), for guaranteed delivery, idempotent receiver and dead letter channel; the manuals of
/// RabbitMQ, for publisher confirms, and of Kafka, for the log and its offsets.
namespace indoubt::messaging {

using sim::FactKind;

/// Publisher to broker, until it is confirmed. Order, topic and publisher are the message's id: a
/// repetition is the same message, and the broker may store it twice.
template <typename Topic>
struct Publish {
  static constexpr std::string_view name = "publish";
  Topic topic;
  std::string text() const { return name_of(topic); }
};
/// Broker to publisher: the message is durable.
template <typename Topic>
struct Confirmed {
  static constexpr std::string_view name = "confirmed";
  Topic topic;
  std::string text() const { return name_of(topic); }
};
/// In place of an offset, where the message is on no log.
inline constexpr std::uint64_t no_offset = ~std::uint64_t{0};

/// Broker to consumer, until it is consumed.
template <typename Topic>
struct Deliver {
  static constexpr std::string_view name = "deliver";
  Topic topic;
  std::uint64_t publisher;  ///< index of its node
  std::uint64_t offset;     ///< in the broker's log
  std::string text() const { return name_of(topic); }
  void hash_into(sim::StateHash& hash) const {
    hash.add(static_cast<std::uint64_t>(topic));
    hash.add(publisher);
    hash.add_position(offset);
  }
};
/// Consumer to broker: what the message called for is done, durably.
struct Consumed {
  static constexpr std::string_view name = "consumed";
  std::uint64_t offset;
  void hash_into(sim::StateHash& hash) const { hash.add_position(offset); }
};

/// Broker: some delivery was not answered for as long as it stays invisible.
struct RedeliverDue : sim::Timer {
  static constexpr std::string_view name = "redeliver_due";
};
/// Publisher: something was not confirmed.
struct RepublishDue : sim::Timer {
  static constexpr std::string_view name = "republish_due";
};

/// Broker: the message is on its log.
struct MessageStored {
  static constexpr std::string_view name = "message_stored";
  std::uint64_t topic;
  std::uint64_t publisher;  ///< index of its node
  void facts_when_forced(sim::FactSink& sink) const { sink.state(FactKind::published); }
};
/// Broker: the consumer has done with it.
struct MessageConsumed {
  static constexpr std::string_view name = "message_consumed";
  std::uint64_t offset;
  void hash_into(sim::StateHash& hash) const { hash.add_position(offset); }
};
/// Broker: it was delivered often enough, and is set aside for people to look at.
struct MessageDead {
  static constexpr std::string_view name = "message_dead";
  std::uint64_t offset;
  void hash_into(sim::StateHash& hash) const { hash.add_position(offset); }
  void facts(sim::FactSink& sink) const { sink.state(sim::FactKind::parked); }
};

/// Publisher: the message is on the broker's log, and can leave the outbox.
template <typename Topic>
struct Dispatched {
  static constexpr std::string_view name = "dispatched";
  Topic topic;
};

/// Consumer: one local transaction, the row of the inbox and the effect that its message calls for.
struct UnitsAssigned {
  static constexpr std::string_view name = "units_assigned";
  kit::UnitList units;
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::assigned, units);
    sink.state(FactKind::applied);
  }
};
/// Consumer: the same, if it declines or has too few units. It cannot veto, only take note.
struct Refused {
  static constexpr std::string_view name = "refused";
  void facts(sim::FactSink& sink) const {
    sink.state(FactKind::refused);
    sink.state(FactKind::applied);
  }
};

// The lists that a family takes into its own; timers belong to the roles that it has.

template <typename Topic>
using Messages = sim::Kinds<Publish<Topic>, Confirmed<Topic>, Deliver<Topic>, Consumed>;
using BrokerRecords = sim::Kinds<MessageStored, MessageConsumed, MessageDead>;
using ConsumerRecords = sim::Kinds<UnitsAssigned, Refused>;

}  // namespace indoubt::messaging
