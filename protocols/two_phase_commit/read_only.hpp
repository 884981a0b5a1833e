#pragma once

#include <type_traits>

#include "protocols/two_phase_commit/coordinator.hpp"
#include "protocols/two_phase_commit/participant.hpp"
#include "protocols/two_phase_commit/presumed_commit.hpp"

/// Services from which an order only reads: any outcome suits them, so they are out of the protocol
/// as soon as they have voted. Source: Mohan, Lindsay, Obermarck (1986), section 3.
namespace indoubt::two_phase_commit {

/// Votes READ, forgets the order, and logs nothing: it has no part in the outcome, so it has no
/// record of one, either. If it has lost its locks, it cannot vouch for what was read: then it says
/// no, like any service that lost its work, and as nothing hangs on it, as often as it is asked.
struct ReadOnlyParticipant : Participant {
  using Participant::on;

  void on(const Prepare&, Context& ctx) {
    Branch& branch = branches[ctx.order()];
    if (branch.phase == Phase::committed) return;  // A late copy; the coordinator has its answer.
    if (branch.phase != Phase::working) return ctx.answer(Vote{false});
    branch.phase = Phase::committed;  // Nothing was changed, so nothing is left to do.
    ctx.cancel<WorkTimeout>();
    ctx.answer(VoteRead{});
  }
  void on(const Abort&, Context& ctx) { drop_locks(ctx); }
  void on(const WorkTimeout&, Context& ctx) { drop_locks(ctx); }

  void drop_locks(Context& ctx) {
    Branch& branch = branches[ctx.order()];
    if (branch.phase != Phase::working) return;
    ctx.cancel<WorkTimeout>();
    stock.unlock(ctx);
    branch = {};
  }

  /// That it has voted READ is on no record.
  void lose_memory() {
    Participant::lose_memory();
    branches.lose_memory([](Branch& branch) {
      if (branch.phase == Phase::committed) branch = {};
    });
  }
};

/// What any coordinator does besides, for orders that read somewhere.
template <typename C>
struct WithReaders : C {
  using C::on;
  using Phase = typename C::Phase;
  using Transaction = typename C::Transaction;

  void on(const VoteRead&, Context& ctx) {
    Transaction& transaction = this->transactions[ctx.order()];
    if (transaction.phase != Phase::preparing) return;
    if (this->completes(transaction, ctx)) this->commit(transaction, ctx);
  }

  /// If no service changes anything, there is nothing to decide, and so nothing to remember.
  void commit(Transaction& transaction, Context& ctx) override {
    if (!this->settings->writers.is_empty()) return C::commit(transaction, ctx);
    ctx.template cancel<VoteTimeout>();
    ctx.reply(kit::Placed{});
    forget(transaction, ctx);
  }

  /// What a crash left undecided concerns nobody, either.
  void on(const sim::Restart& restart, Context& ctx) {
    if (!this->settings->writers.is_empty()) return C::on(restart, ctx);
    this->transactions.for_each([&](sim::OrderId order, Transaction& transaction) {
      Context about = ctx.about(order);
      if (transaction.is_telling()) this->end(about);
    });
  }

  /// Only presumed commit has a record to put an end to: that of collecting.
  void forget(Transaction& transaction, Context& ctx) {
    constexpr bool has_record = std::is_base_of_v<PresumedCommitCoordinator, C>;
    if constexpr (has_record) {
      this->end(ctx);
    } else {
      transaction.phase = Phase::forgotten;
    }
  }
};

}  // namespace indoubt::two_phase_commit
