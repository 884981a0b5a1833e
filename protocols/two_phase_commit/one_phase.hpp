#pragma once

#include <tuple>

#include "protocols/two_phase_commit/coordinator.hpp"
#include "protocols/two_phase_commit/participant.hpp"

/// Commit in one phase, for orders that have a single service: with nobody to agree with, it
/// decides by itself, and the coordinator only passes on what it says. Source: X/Open, Distributed
/// Transaction Processing: The XA Specification (1991), TMONEPHASE.
namespace indoubt::two_phase_commit {

/// Decides nothing and writes nothing. What it does not know it asks for again: a lost answer may
/// have been either, so there is no timeout after which it would say so.
struct OnePhaseCoordinator : Coordinator {
  using Coordinator::on;
  bool has_crashed = false;  ///< and so may have forgotten orders

  void on(const OnePhaseOutcome& outcome, Context& ctx);
  void on(const VoteTimeout& timeout, Context& ctx);
  void on(const kit::CancelOrder&, Context& ctx) { on(VoteTimeout{}, ctx); }
  void on(const ResendDue&, Context& ctx);
  void on(const sim::Restart&, Context&) { has_crashed = true; }

  void lose_memory() {
    transactions = {};
    has_crashed = false;
  }

  void ask_for_votes(Transaction& transaction, Context& ctx) const override;
  void ask(Transaction& transaction, Context& ctx) const;

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Coordinator>(self), std::tie(self.has_crashed));
  }
};

/// Decides when it is told to: commits if it still has its work, and otherwise aborts. It answers
/// from its log, so the same question gets the same answer.
struct OnePhaseParticipant : Participant {
  using Participant::on;
  using Participant::replay;
  void on(const Work& work, Context& ctx);
  void on(const CommitOnePhase&, Context& ctx);
  void replay(const CommittedAlone& record, sim::OrderId order);

  /// What it commits alone was held in memory, and the record does not say under which hold.
  void lose_memory();

  void commit_alone(Context& ctx);
};

}  // namespace indoubt::two_phase_commit
