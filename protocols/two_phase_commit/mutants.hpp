#pragma once

#include "protocols/two_phase_commit/cooperative.hpp"
#include "protocols/two_phase_commit/coordinator.hpp"
#include "protocols/two_phase_commit/heuristic.hpp"
#include "protocols/two_phase_commit/participant.hpp"
#include "protocols/two_phase_commit/presumed_commit.hpp"

/// Two-phase commit with one mistake each, as people make it. Every mutant is the correct role but
/// for the handlers that it declares; `family.cpp` says what each of them breaks, and where it was
/// seen. A mutant has the presumption and the termination of the role that it derives from.
namespace indoubt::two_phase_commit::mutants {

/// Tells the commit, and forces it afterwards.
struct ReplyBeforeForce : Coordinator {
  using Coordinator::on;
  void on(const Vote& vote, Context& ctx);
};

/// Votes yes with the prepared record still in memory.
struct VoteWithoutPrepared : Participant {
  using Participant::on;
  void on(const Prepare& question, Context& ctx);
};

/// Has lost the work in a crash, finds that nothing is left to do, and votes yes.
struct YesAfterAmnesia : Participant {
  using Participant::on;
  void on(const Prepare& question, Context& ctx);
};

/// Takes silence for consent.
struct TimeoutCommits : Coordinator {
  using Coordinator::on;
  void on(const VoteTimeout& timeout, Context& ctx);
};

/// Has promised to wait, and aborts alone after a while.
struct ReadyTimeoutAborts : Participant {
  using Participant::on;
  void on(const InquiryDue&, Context& ctx);
};

/// Knows after a crash that it is in doubt, and lets others have what it has locked.
struct LocksNotRestored : Participant {
  using Participant::replay;
  void replay(const Prepared& record, sim::OrderId order);
};

/// Counts votes that come after it has aborted.
struct DecisionNotSticky : Coordinator {
  using Coordinator::on;
  void on(const Vote& vote, Context& ctx);
};

/// Its recovery finds an order prepared without a decision, and does not think of those who are
/// still voting.
struct RecoveryRacesPrepare : Coordinator {
  using Coordinator::on;
  void on(const Inquiry& inquiry, Context& ctx);
};

/// Presumes commit, and asks for votes without a record that it does.
struct NoCollecting : PresumedCommitCoordinator {
  void ask_for_votes(Transaction& transaction, Context& ctx) const override {
    // To leave the parent out is the mistake.
    Coordinator::ask_for_votes(transaction, ctx);  // NOLINT(bugprone-parent-virtual-call)
  }
};

/// Has committed, acknowledged and forgotten, and takes having no information for an abort.
struct NoInformationIsAbort : Cooperative<Participant> {
  using Cooperative<Participant>::on;
  void on(const DecisionRequest& request, Context& ctx);
};

/// Forgets a commit at the first acknowledgement.
struct ForgetCommitEarly : Coordinator {
  using Coordinator::on;
  void on(const Ack&, Context& ctx);
};

/// Decides at the first vote, and counts those still on their way as no.
struct MissingVotesAreNo : Coordinator {
  using Coordinator::on;
  void on(const Vote& vote, Context& ctx);
};

/// Waits for the outcome without asking for it.
struct NeverAsks : Participant {
  using Participant::on;
  void on(const InquiryDue&, Context&) {}
};

/// Tells the outcome once, and leaves the rest to those who ask.
struct TellsOnce : Coordinator {
  using Coordinator::on;
  void on(const ResendDue&, Context&) {}
};

/// Tells one service after the other, each when the one before has acknowledged, and answers no
/// inquiries until all have.
struct TellsOneByOne : Coordinator {
  using Coordinator::on;
  void on(const Vote& vote, Context& ctx);
  void on(const ResendDue&, Context& ctx);
  void on(const Ack& ack, Context& ctx);
  void on(const Inquiry& inquiry, Context& ctx);

  void tell_next(Transaction& transaction, Context& ctx) const;
};

/// Acknowledges a commit that is not durable yet.
struct AckBeforeDurable : Participant {
  using Participant::on;
  void on(const Commit& commit, Context& ctx);
};

/// Commits, and forgets that somebody waits for the answer.
struct NeverAnswers : Coordinator {
  void commit(Transaction& transaction, Context& ctx) override;
};

/// Tells a commit for ever, whoever has acknowledged it.
struct TellsForEver : Coordinator {
  using Coordinator::on;
  void on(const Ack&, Context&) {}
};

/// Has one lock for all its units: refuses whoever asks while another order works here.
struct LocksTheTable : Participant {
  using Participant::on;
  void on(const Work& work, Context& ctx);
};

/// Has committed by itself, and no longer says so after a crash.
struct ReportsOnce : DecidesHeuristically<PresumedCommitParticipant> {
  using DecidesHeuristically<PresumedCommitParticipant>::on;
  void on(const HeuristicDue&, Context& ctx);
  void on(const sim::Restart& restart, Context& ctx) { Participant::on(restart, ctx); }
};

}  // namespace indoubt::two_phase_commit::mutants
