#pragma once

#include <type_traits>

#include "protocols/two_phase_commit/coordinator.hpp"
#include "protocols/two_phase_commit/participant.hpp"
#include "protocols/two_phase_commit/presumed_commit.hpp"

/// Services from which an order only reads: any outcome suits them, so they are out of the protocol
/// as soon as they have voted. Source: Mohan, Lindsay, Obermarck (1986), section 3.
namespace indoubt::two_phase_commit {

/// What a participant does besides, where some orders take nothing from it. It votes READ, forgets
/// the order, and logs nothing: it has no part in the outcome, so it has no record of one, either.
/// If it has lost its locks, it cannot vouch for what was read: then it says no, like any service
/// that lost its work, and as nothing hangs on it, as often as it is asked.
template <typename P>
struct ReadBySome : P {
  using P::on;
  using Branch = typename P::Branch;
  using Phase = typename P::Phase;

  bool only_reads(const Context& ctx) const {
    const kit::OrderServices& services = this->settings->services.of(ctx);
    return !services.writers.has(services.position(ctx.self()));
  }

  void on(const Prepare& question, Context& ctx) {
    only_reads(ctx) ? vote_read(ctx) : P::on(question, ctx);
  }
  void on(const Abort& abort, Context& ctx) {
    only_reads(ctx) ? drop_locks(ctx) : P::on(abort, ctx);
  }
  void on(const WorkTimeout& timeout, Context& ctx) {
    only_reads(ctx) ? drop_locks(ctx) : P::on(timeout, ctx);
  }

  void vote_read(Context& ctx) {
    Branch& branch = this->branches[ctx.order()];
    if (branch.phase == Phase::read) return;  // A late copy; the coordinator has its answer.
    if (branch.phase != Phase::working) return ctx.answer(Vote{false});
    branch.phase = Phase::read;
    ctx.template cancel<WorkTimeout>();
    ctx.answer(VoteRead{});
  }
  void drop_locks(Context& ctx) {
    Branch& branch = this->branches[ctx.order()];
    if (branch.phase != Phase::working) return;
    ctx.template cancel<WorkTimeout>();
    this->stock.unlock(ctx);
    branch = {};
  }

  /// That it has voted READ is on no record.
  void lose_memory() {
    P::lose_memory();
    this->branches.lose_memory([](Branch& branch) {
      if (branch.phase == Phase::read) branch = {};
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
    if (!reads_only(ctx)) return C::commit(transaction, ctx);
    ctx.template cancel<VoteTimeout>();
    ctx.reply(kit::Placed{});
    forget(transaction, ctx);
  }

  /// What a crash left undecided concerns nobody, either.
  void on(const sim::Restart& restart, Context& ctx) {
    this->transactions.for_each([&](sim::OrderId order, Transaction& transaction) {
      Context about = ctx.about(order);
      if (!transaction.is_telling() || !reads_only(about)) return;
      this->end(about);
      transaction = {};
    });
    C::on(restart, ctx);
  }

  /// Whatever the record is, the client may have been told the other outcome: who asks again after
  /// a crash is served anew.
  using C::replay;
  void replay(const End& record, sim::OrderId order) {
    C::replay(record, order);
    if (reads_only(order)) this->transactions[order] = {};
  }

  void lose_memory() {
    C::lose_memory();
    this->transactions.lose_memory([this](sim::OrderId order, Transaction& transaction) {
      if (reads_only(order) && !transaction.is_telling()) transaction = {};
    });
  }

  bool reads_only(const Context& ctx) const { return reads_only(ctx.order()); }
  bool reads_only(sim::OrderId order) const {
    return this->settings->services.of(order).writers.is_empty();
  }

  /// Only presumed commit has a record to put an end to: that of collecting.
  void forget(Transaction& transaction, Context& ctx) {
    constexpr bool has_record = std::is_base_of_v<PresumedCommitCoordinator, C>;
    if constexpr (has_record) this->end(ctx);
    transaction.phase = Phase::committed;
  }
};

}  // namespace indoubt::two_phase_commit
