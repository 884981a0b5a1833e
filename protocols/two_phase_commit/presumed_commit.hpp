#pragma once

#include "protocols/two_phase_commit/coordinator.hpp"
#include "protocols/two_phase_commit/presumed_nothing.hpp"

/// Presumed commit: where there is no record, the answer is commit. So a commit costs a message
/// less for each service, and it is the abort that has to be remembered.
/// Source: Mohan, Lindsay, Obermarck (1986).
namespace indoubt::two_phase_commit {

/// What differs from presumed abort: before it asks for votes it forces that it does, because a
/// crash would otherwise turn an order that nobody has decided into a commit. A commit is told once
/// and forgotten; an abort needs no record of its own, but everybody's acknowledgement.
struct PresumedCommitCoordinator : Coordinator {
  using Coordinator::replay;
  void replay(const Collecting&, sim::OrderId order);
  void replay(const CommitDecision&, sim::OrderId order);
  /// Orders for which it was asking for votes are aborted after a crash.
  void lose_memory();

  void ask_for_votes(Transaction& transaction, Context& ctx) const override;
  void commit(Transaction& transaction, Context& ctx) override;
  void abort(Transaction& transaction, Context& ctx) override;
  void answer_without_record(Context& ctx) const override;
};

/// What differs: aborts are forced and acknowledged, commits are neither.
struct PresumedCommitParticipant : PresumedNothingParticipant {
  using PresumedNothingParticipant::on;
  void on(const Commit&, Context& ctx);
  void on(const PresumedCommit&, Context& ctx) { on(Commit{}, ctx); }
};

}  // namespace indoubt::two_phase_commit
