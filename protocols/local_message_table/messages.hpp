#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/messaging/messages.hpp"
#include "protocols/kit/retention.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "protocols/local_message_table/options.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// A local message table: what others must do is written down in the same transaction as the
/// business change, and sent from there until it is done. What travels, what is written, and what
/// each of them states.
///
/// Sources: Pritchett, BASE: An Acid Alternative (2008), for the table of messages in the local
/// database and the table of messages already applied at the receiver; Gray and Cheriton, Leases
/// (1989), for claims that run out.
namespace indoubt::local_message_table {

using sim::FactKind;
using sim::Outcome;

/// Worker to service: an order was placed, do your part. Order and service are the message's id.
struct Deliver {
  static constexpr std::string_view name = "deliver";
};
/// The message has had its effect, durably.
struct Ack {
  static constexpr std::string_view name = "ack";
};

/// The worker looks at the table: some row is new, or a lease runs out.
struct WorkerDue : sim::Timer {
  static constexpr std::string_view name = "worker_due";
};

// Where there are several workers. They are nodes of their own, and the order service has the
// table. What they say to each other is about the messages of one order.

/// Order service to worker: nobody is at these messages. A worker would find that by looking, all
/// the time; it is told instead, so that a run can end.
struct RowsWaiting {
  static constexpr std::string_view name = "rows_waiting";
};
/// Worker to order service: may I send them?
struct ClaimRows {
  static constexpr std::string_view name = "claim_rows";
};
/// Order service to worker: they are yours, until the lease is over. Who is refused gets no answer.
struct HandRows {
  static constexpr std::string_view name = "hand_rows";
  std::uint64_t rows;  ///< bit set of services
};
/// Worker to order service: the message has had its effect.
struct MarkDone {
  static constexpr std::string_view name = "mark_done";
  std::uint64_t service;  ///< its position
};

using Messages = kit::MessagesWith<Deliver, Ack, WorkerDue, kit::ComparingMessages, RowsWaiting,
                                   ClaimRows, HandRows, MarkDone>;

/// Order service: the order, and a new message for each of these services, in one transaction.
struct OrderPlaced {
  static constexpr std::string_view name = "order_placed";
  std::uint64_t rows;  ///< bit set of services
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::commit);
  }
};
/// Order service: messages that are written in a transaction of their own, as published.
struct RowsInserted {
  static constexpr std::string_view name = "rows_inserted";
  std::uint64_t rows;  ///< bit set of services
  std::uint64_t id;    ///< random
};
/// Worker: these messages are being processed, and nobody else may send them before that time.
struct RowsClaimed {
  static constexpr std::string_view name = "rows_claimed";
  std::uint64_t rows;        ///< bit set of services
  std::int64_t lease_until;  ///< by the node's clock
  std::string text() const {
    const sim::ClockTime until{sim::Duration{lease_until}};
    return until == sim::no_expiry ? "for ever" : "until " + sim::to_text(until);
  }
  void hash_into(sim::StateHash& hash) const {
    hash.add(rows);
    hash.add(sim::ClockTime{sim::Duration{lease_until}});
  }
};
/// Worker: the message has had its effect.
struct RowDone {
  static constexpr std::string_view name = "row_done";
  std::uint64_t service;  ///< its position
};

using messaging::Refused;
using messaging::UnitsAssigned;
/// Service: the id in the inbox without the effect. Only a mistake writes it.
struct InboxNoted {
  static constexpr std::string_view name = "inbox_noted";
};

using Records = sim::JoinedKinds<OrderPlaced, RowsInserted, RowsClaimed, RowDone, UnitsAssigned,
                                 Refused, InboxNoted, kit::ComparingRecords, kit::RetentionRecords>;
using Context = sim::Context<Messages, Records>;

/// What the roles are told when they are set up.
struct Settings : Options {
  kit::Services services{};
  sim::NodeId table{};                      ///< the order service
  std::vector<sim::NodeId> worker_nodes{};  ///< where there are several workers
};

}  // namespace indoubt::local_message_table
