#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/kit/messaging/lazy_broker.hpp"
#include "protocols/kit/messaging/messages.hpp"
#include "protocols/kit/retention.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "protocols/outbox/options.hpp"
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

// Last, so that all others have the numbers that they have without it.
using Messages =
    sim::JoinedKinds<kit::MessagesWith<messaging::Messages<Queue>, CommitDue, PollDue, RepublishDue,
                                       messaging::RedeliverDue, kit::ComparingMessages>,
                     messaging::FlushDue>;

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
                     kit::ComparingRecords, kit::RetentionRecords>;
using Context = sim::Context<Messages, Records>;

/// What the order service and its relay are told when they are set up.
struct Settings : Options {
  kit::Services services{};
  sim::NodeId broker{};

  Queue queue_of(sim::NodeId service) const {
    return static_cast<Queue>(services.all.position(service));
  }
  /// Whether the order has a row for this service, by its position among all.
  bool has_row(sim::OrderId order, std::size_t service) const {
    return services.of(order).has(services.all.nodes[service]);
  }
};

}  // namespace indoubt::outbox
