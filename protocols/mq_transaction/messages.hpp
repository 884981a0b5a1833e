#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/kit/messaging/lazy_broker.hpp"
#include "protocols/kit/messaging/messages.hpp"
#include "protocols/kit/retention.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "protocols/mq_transaction/options.hpp"
#include "sim/base/flag.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// Transactions of a message broker. What travels, what is written, and what each of them states.
/// Sources: the STOMP 1.2 and JMS 2.0 specifications, for messages that are sent in a transaction
/// of the broker; Apache RocketMQ, "Transaction Message", for half messages and the check back.
namespace indoubt::mq_transaction {

using sim::FactKind;
using sim::Outcome;

/// Where a message goes. In a transaction of the broker each service has a queue of its own; a half
/// message is one message that every service consumes.
enum class Destination : std::uint64_t { everybody };

inline std::string name_of(Destination to) {
  if (to == Destination::everybody) return "everybody";
  return "service " + std::to_string(static_cast<std::uint64_t>(to));
}

// A transaction of the broker. Its id is that of the order, so a repetition is the same
// transaction.

/// Producer to broker, until it is begun.
struct Begin {
  static constexpr std::string_view name = "begin";
};
/// Broker to producer: the transaction is open.
struct Begun {
  static constexpr std::string_view name = "begun";
};
/// Producer to broker: a message that nobody sees before the commit.
struct Send {
  static constexpr std::string_view name = "send";
  Destination to;
  std::string text() const { return name_of(to); }
};
/// Producer to broker: make them visible, all of them. Says how many there are, since frames may
/// get lost or overtake each other here, as they cannot on one connection.
struct Commit {
  static constexpr std::string_view name = "commit";
  std::uint64_t messages;
};
/// Broker to producer: they are durable and visible.
struct Committed {
  static constexpr std::string_view name = "committed";
};
/// Broker to producer: it has no such transaction, any more.
struct RolledBack {
  static constexpr std::string_view name = "rolled_back";
};

// A half message.

/// Producer to broker: keep this, and show it to nobody yet.
struct Half {
  static constexpr std::string_view name = "half";
};
/// Broker to producer: it is durable, so the local transaction may run.
struct HalfStored {
  static constexpr std::string_view name = "half_stored";
};
/// Producer to broker, once: what became of the local transaction. It states no decision, because
/// it is none: the row in the producer's database is.
struct End {
  static constexpr std::string_view name = "end";
  sim::Flag commits;
  std::string text() const { return commits ? "commit" : "rollback"; }
};
/// Broker to producer: what became of it?
struct CheckBack {
  static constexpr std::string_view name = "check_back";
};

// What both have, and messages outside of any transaction.

using Publish = messaging::Publish<Destination>;
using Confirmed = messaging::Confirmed<Destination>;
using Deliver = messaging::Deliver<Destination>;
using messaging::Consumed;

/// Producer: the broker has not answered.
struct RetryDue : sim::Timer {
  static constexpr std::string_view name = "retry_due";
};
/// Producer: the local transaction is through with its work and commits.
struct CommitDue : sim::Timer {
  static constexpr std::string_view name = "commit_due";
};
/// Broker: nothing was heard of an open transaction for long, as after a lost connection.
struct TransactionTimeout : sim::Timer {
  static constexpr std::string_view name = "transaction_timeout";
};
/// Broker: nobody has said what became of a half message.
struct CheckDue : sim::Timer {
  static constexpr std::string_view name = "check_due";
};

// Last, so that all others have the numbers that they have without it.
using Messages =
    sim::JoinedKinds<kit::MessagesWith<Begin, Begun, Send, Commit, Committed, RolledBack, Half,
                                       HalfStored, End, CheckBack, messaging::Messages<Destination>,
                                       RetryDue, CommitDue, TransactionTimeout, CheckDue,
                                       messaging::RedeliverDue, kit::ComparingMessages>,
                     messaging::FlushDue>;

/// Producer, transaction of the broker: there is an order, and its messages are to be sent.
struct OrderPending {
  static constexpr std::string_view name = "order_pending";
};
/// Producer: the order is placed, for ever.
struct OrderPlaced {
  static constexpr std::string_view name = "order_placed";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::commit);
  }
};
/// Producer, half message: the row that a local transaction would insert is taken, so it cannot
/// commit any more.
struct OrderRejected {
  static constexpr std::string_view name = "order_rejected";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::abort);
  }
};
/// Broker: all messages of a transaction. One record, so that a crash keeps all of them or none.
struct TransactionCommitted {
  static constexpr std::string_view name = "transaction_committed";
  std::uint64_t destinations;  ///< bit set
  std::string text() const { return std::to_string(std::popcount(destinations)) + " messages"; }
  void facts_when_forced(sim::FactSink& sink) const {
    for (int i = std::popcount(destinations); i > 0; --i) sink.state(FactKind::published);
  }
};
/// Broker: a message of an open transaction has its place on the log.
struct MessageAppended {
  static constexpr std::string_view name = "message_appended";
  std::uint64_t to;  ///< a `Destination`
};
/// Broker: the messages of the transaction that are on the log will not be seen by anybody.
struct TransactionAborted {
  static constexpr std::string_view name = "transaction_aborted";
};
/// Broker: a message that nobody sees yet.
struct HalfWritten {
  static constexpr std::string_view name = "half_written";
};
/// Broker: the half message is done with; if it was committed, the message is on the log by now.
struct HalfEnded {
  static constexpr std::string_view name = "half_ended";
};
/// Broker: it was checked often enough, and is set aside for people to look at.
struct HalfParked {
  static constexpr std::string_view name = "half_parked";
  void facts(sim::FactSink& sink) const { sink.state(FactKind::parked); }
};

using Records = sim::JoinedKinds<OrderPending, OrderPlaced, OrderRejected, TransactionCommitted,
                                 HalfWritten, HalfEnded, HalfParked, messaging::BrokerRecords,
                                 messaging::ConsumerRecords, kit::ComparingRecords,
                                 kit::RetentionRecords, MessageAppended, TransactionAborted>;
using Context = sim::Context<Messages, Records>;

/// What producer and broker are told when they are set up.
struct Settings : Options {
  kit::Services services{};
  sim::NodeId producer{};
  sim::NodeId broker{};

  Destination queue_of(sim::NodeId service) const {
    return static_cast<Destination>(services.all.position(service) + 1);
  }
};

}  // namespace indoubt::mq_transaction
