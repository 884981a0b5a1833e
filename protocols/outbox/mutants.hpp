#pragma once

#include <optional>
#include <tuple>

#include "protocols/kit/messaging/careless_consumers.hpp"
#include "protocols/kit/messaging/careless_processes.hpp"
#include "protocols/outbox/gap_waiting_relay.hpp"
#include "protocols/outbox/log_tailing_relay.hpp"
#include "protocols/outbox/polling_relay.hpp"
#include "protocols/outbox/relays/claims.hpp"
#include "protocols/outbox/relays/fenced_broker.hpp"
#include "protocols/outbox/relays/relay.hpp"
#include "protocols/outbox/relays/row_table.hpp"
#include "sim/base/fields.hpp"

/// The outbox with one mistake each, as people make it. Every mutant is the correct role but for
/// the handlers that it declares; `family.cpp` says what each of them breaks, and where it was
/// seen. A mutant has the relay that it derives from.
namespace indoubt::outbox::mutants {

using InboxConsumer = messaging::Consumer<Context, Queue>;
using ConsumerProcess = messaging::ConsumerProcess<Context, Queue>;

/// Commits the order, and has its messages in memory until they are published.
struct DualWrite : PollingRelay {
  using PollingRelay::replay;
  void replay(const OrderPlaced& record, sim::OrderId order);
  void replay(const RowPublished&, sim::OrderId) {}  // there are no rows to mark
};

/// Publishes a row and forgets it, without waiting for the broker.
struct DeleteBeforeConfirm : PollingRelay {
  using PollingRelay::on;
  void on(const PollDue&, Context& ctx);
  void on(const Confirmed&, Context&) {}
};

/// Asks for rows whose id is greater than the last one that it has seen. What is marked is that id.
struct SequenceGapSkip : MarksById {
  std::optional<sim::OrderId> next_row(std::size_t service) const override;
};

/// Commits the row of the inbox first, and the effect afterwards.
struct DedupOutsideTransaction : InboxConsumer {
  using InboxConsumer::replay;
  void on(const Deliver& message, Context& ctx);
  void replay(const InboxNoted&, sim::OrderId order) { inbox[order] = Seen::yes; }
};

/// Acknowledges a message before its effect is durable.
using ConsumedBeforeForce = messaging::ConsumedBeforeForce<Context, Queue>;

/// Publishes while the transaction is still open, and may be lost.
struct PublishesBeforeCommit : PollingRelay {
  using PollingRelay::on;
  void on(const CommitDue& timer, Context& ctx);
};

/// Moves its position over what it has read, whether the broker has it or not.
struct PositionBeforeConfirm : LogTailingRelay {
  using LogTailingRelay::on;
  void on(const Confirmed&, Context&) {}
  void on(const RepublishDue&, Context&) {}
  void on(const sim::Restart&, Context& ctx) { relay(ctx); }
  void relay(Context& ctx) override;
};

/// Publishes the rows of every transaction at once, without waiting for those before.
struct ReadsAhead : LogTailingRelay {
  using LogTailingRelay::on;
  void on(const Confirmed& ack, Context& ctx);
  void on(const sim::Restart&, Context& ctx);
  void relay(Context& ctx) override { publish_rows_of(ctx.order(), ctx); }
};

/// What these mistakes of several relays are made of: the table, a relay and the broker.

/// A mark says that everything up to its row is published.
struct MarkCoversOthers {
  struct Table : RowTable<RowLocks> {
    void mark(const RowId& row) override;
  };
  using Relay = outbox::Relay;
  template <typename B>
  using Broker = B;
};

/// A claim does not run out, and whoever has it has it once.
struct ClaimedForGood {
  struct Claim : RowLocks {
    bool may_take(const RowId& row, sim::NodeId, sim::ClockTime, const Settings&) const;
    Grant take(const RowId& row, const Settings& settings, Context& ctx);
  };
  using Table = RowTable<Claim>;
  using Relay = outbox::Relay;
  template <typename B>
  using Broker = B;
};

/// The row is gone as soon as somebody has it.
struct ClaimDeletes {
  struct Table : RowTable<RowLocks> {
    using RowTable::on;
    void on(const AskRow& ask, Context& ctx);
    void on(const MarkRow& mark, Context& ctx);
    void hand_and_delete(Queue queue, std::int64_t asked, Context& ctx);
  };
  using Relay = outbox::Relay;
  template <typename B>
  using Broker = B;
};

/// The broker takes what comes, under whatever lease.
struct LeaseForInbox {
  template <typename B>
  struct Broker : Fenced<B> {
    using Fenced<B>::on;
    void on(const FencedPublish& message, Context& ctx) { B::on(Publish{message.topic}, ctx); }
  };
  using Table = RowTable<QueueLeases>;
  using Relay = LeasedRelay;
};

// One of several processes of a service.

using InboxOfItsOwn = messaging::InboxOfItsOwn<Context, Queue>;
using ConsumedWhenReceived = messaging::ConsumedWhenReceived<Context, Queue>;

/// Has a message applied if its database says that it is new.
struct LooksFirst : ConsumerProcess {
  using ConsumerProcess::on;
  void on(const Deliver& message, Context& ctx) { ctx.send(settings->database, LookUp{message}); }
  void on(const LookedUp& found, Context& ctx);
};
/// That database: it applies what it is told to.
struct LookedAtFirst : messaging::ConsumerWithoutInbox<Context, Queue> {
  using ConsumerWithoutInbox::on;
  void on(const LookUp& look, Context& ctx);
};

/// Finds the order's row when its request comes again, and says that it has failed.
struct RefusesCopies : PollingRelay {
  using PollingRelay::on;
  void on(const kit::PlaceOrder& request, Context& ctx);
};

}  // namespace indoubt::outbox::mutants
