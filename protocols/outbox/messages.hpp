#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/kit/messaging/lazy_broker.hpp"
#include "protocols/kit/messaging/messages.hpp"
#include "protocols/kit/retention.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "protocols/outbox/options.hpp"
#include "sim/base/flag.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// The transactional outbox. What travels, what is written, and what each of them states. Sources:
/// Richardson, Microservices Patterns (2018), chapter 3, for polling publisher and transaction log
/// tailing; Eventuate Tram and NServiceBus, for the inbox; Debezium, for the reader's position.
namespace indoubt::outbox {

using sim::FactKind;
using sim::Outcome;

/// Where a message goes: the queue of one service, by its position.
enum class Queue : std::uint64_t {};

inline std::string name_of(Queue queue) {
  return "service " + std::to_string(static_cast<std::uint64_t>(queue) + 1);
}

using Publish = messaging::Publish<Queue>;
using Confirmed = messaging::Confirmed<Queue>;
using Deliver = messaging::Deliver<Queue>;
using messaging::Consumed;
using messaging::RepublishDue;

/// The business transaction of the order is through with its work and commits.
struct CommitDue : sim::Timer {
  static constexpr std::string_view name = "commit_due";
};
/// The relay looks for rows that are not published.
struct PollDue : sim::Timer {
  static constexpr std::string_view name = "poll_due";
};

/// Of a lease; nothing, where there is none.
inline std::string under(std::uint64_t token) {
  return token == 0 ? std::string{} : ", token " + std::to_string(token);
}

// Where several relays share the outbox. They are nodes of their own, and the order service has the
// table. What they say to each other is about the order of the row.

/// Order service to relay: there are rows for this queue that the relay may publish. A relay would
/// find that by looking, all the time; it is told instead, so that a run can end.
struct RowsWaiting {
  static constexpr std::string_view name = "rows_waiting";
  Queue queue;
  std::string text() const { return name_of(queue); }
};
/// Relay to order service: the next row of this queue, please.
struct AskRow {
  static constexpr std::string_view name = "ask_row";
  Queue queue;
  std::int64_t asked;  ///< by the relay's clock
  std::string text() const { return name_of(queue); }
  /// A lease counts from when it was asked for.
  void hash_into(sim::StateHash& hash) const {
    hash.add(static_cast<std::uint64_t>(queue));
    hash.add_age(sim::ClockTime{sim::Duration{asked}});
  }
};
/// Order service to relay: publish the row of its order.
struct HandRow {
  static constexpr std::string_view name = "hand_row";
  Queue queue;
  std::uint64_t token;  ///< of the lease; 0 without one
  std::int64_t until;   ///< its end, by the relay's clock
  std::string text() const { return name_of(queue) + under(token); }
  void hash_into(sim::StateHash& hash) const {
    hash.add(static_cast<std::uint64_t>(queue));
    hash.add(token);
    hash.add(sim::ClockTime{sim::Duration{until}});
  }
};
/// Relay to order service: the broker has this row, mark it; and the next one, please.
struct MarkRow {
  static constexpr std::string_view name = "mark_row";
  Queue queue;
  std::int64_t asked;  ///< by the relay's clock
  std::string text() const { return name_of(queue); }
  /// A lease counts from when it was asked for.
  void hash_into(sim::StateHash& hash) const {
    hash.add(static_cast<std::uint64_t>(queue));
    hash.add_age(sim::ClockTime{sim::Duration{asked}});
  }
};
/// Relay to broker: `Publish`, under a lease.
struct FencedPublish {
  static constexpr std::string_view name = "fenced_publish";
  Queue topic;
  std::uint64_t token;
  std::string text() const { return name_of(topic) + under(token); }
};
/// Broker to relay: the queue has messages under a later lease, so this one was not taken.
struct Superseded {
  static constexpr std::string_view name = "superseded";
  Queue topic;
  std::uint64_t token;
  std::string text() const { return name_of(topic) + under(token); }
};
using RelayMessages = sim::Kinds<RowsWaiting, AskRow, HandRow, MarkRow, FencedPublish, Superseded>;

// Of mutants: a transaction that looks into the inbox, and does nothing else.

/// Process to database of a service: has this message been applied?
struct LookUp {
  static constexpr std::string_view name = "look_up";
  Deliver message;
};
/// The answer.
struct LookedUp {
  static constexpr std::string_view name = "looked_up";
  Deliver message;
  sim::Flag is_known;
  std::string text() const { return is_known ? "known" : "new"; }
};

// Last, so that all others have the numbers that they have without these.
using Messages =
    sim::JoinedKinds<kit::MessagesWith<messaging::Messages<Queue>, CommitDue, PollDue, RepublishDue,
                                       messaging::RedeliverDue, kit::ComparingMessages>,
                     messaging::FlushDue, RelayMessages, LookUp, LookedUp>;

/// Order service: one local transaction, the order's row and a row of the outbox for each service.
/// The order is placed, for ever.
struct OrderPlaced {
  static constexpr std::string_view name = "order_placed";
  std::uint64_t sequence;  ///< id of its rows, drawn when the transaction began
  std::string text() const { return "#" + std::to_string(sequence); }
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::commit);
  }
};
/// Polling relay: the row is marked as published.
using RowPublished = messaging::Dispatched<Queue>;
/// Log-tailing relay: the rows of so many transactions are published, in the order of their
/// commits.
struct PositionStored {
  static constexpr std::string_view name = "position_stored";
  std::uint64_t position;
  std::string text() const { return std::to_string(position); }
};

/// Order service: only this relay may publish rows of the queue, until then.
struct QueueLeased {
  static constexpr std::string_view name = "queue_leased";
  Queue queue;
  std::uint64_t holder;  ///< index of its node
  std::uint64_t token;   ///< higher than those before it
  std::int64_t until;    ///< by the node's clock
  std::string text() const {
    return name_of(queue) + under(token) + " until " +
           sim::to_text(sim::ClockTime{sim::Duration{until}});
  }
  void hash_into(sim::StateHash& hash) const {
    hash.add(static_cast<std::uint64_t>(queue));
    hash.add(holder);
    hash.add(token);
    hash.add(sim::ClockTime{sim::Duration{until}});
  }
};
/// Broker: it takes messages of the queue under this lease, and under none before it.
struct QueueFenced {
  static constexpr std::string_view name = "queue_fenced";
  Queue queue;
  std::uint64_t token;
  std::string text() const { return name_of(queue) + under(token); }
};

// As published, and of mutants: transactions that should have been one.

/// Order service: the order's row alone.
struct OrderSaved {
  static constexpr std::string_view name = "order_saved";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::commit);
  }
};
/// Order service: its rows of the outbox alone.
struct RowsInserted {
  static constexpr std::string_view name = "rows_inserted";
};
/// Consumer: the row of its inbox alone.
struct InboxNoted {
  static constexpr std::string_view name = "inbox_noted";
};

using Records =
    sim::JoinedKinds<OrderPlaced, RowPublished, PositionStored, OrderSaved, RowsInserted,
                     InboxNoted, messaging::BrokerRecords, messaging::ConsumerRecords,
                     kit::ComparingRecords, kit::RetentionRecords, QueueLeased, QueueFenced>;
using Context = sim::Context<Messages, Records>;

/// What the order service and its relay are told when they are set up.
struct Settings : Options {
  kit::Services services{};
  sim::NodeId broker{};
  sim::NodeId table{};                     ///< the order service
  std::vector<sim::NodeId> relay_nodes{};  ///< where there are several relays

  Queue queue_of(sim::NodeId service) const {
    return static_cast<Queue>(services.all.position(service));
  }
  /// Whether the order has a row for this service, by its position among all.
  bool has_row(sim::OrderId order, std::size_t service) const {
    return services.of(order).has(services.all.nodes[service]);
  }
};

}  // namespace indoubt::outbox
