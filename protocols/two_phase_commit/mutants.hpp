#pragma once

#include <string_view>
#include <tuple>

#include "protocols/kit/mistakes/careless.hpp"
#include "protocols/two_phase_commit/cooperative.hpp"
#include "protocols/two_phase_commit/coordinator.hpp"
#include "protocols/two_phase_commit/heuristic.hpp"
#include "protocols/two_phase_commit/participant.hpp"
#include "protocols/two_phase_commit/passive.hpp"
#include "protocols/two_phase_commit/presumed_commit.hpp"

/// Two-phase commit with mistakes, as people make them. Every mistake is the correct role but for
/// the handlers that it declares; `family.cpp` says what each of them breaks, and where it was
/// seen. Those of the plain roles can be made on top of each other (`kit::Careless`); others derive
/// from the role of an option, and have its presumption and its termination.
namespace indoubt::two_phase_commit::mutants {

/// Tells the commit, and forces it afterwards.
template <typename C>
struct ReplyBeforeForce : C {
  static constexpr std::string_view mistake = "M-A01";
  using Phase = Coordinator::Phase;
  using C::on;
  void on(const Vote& vote, Context& ctx) {
    auto& transaction = this->transactions[ctx.order()];
    if (transaction.phase != Phase::preparing) return;
    if (!vote.yes) return this->abort(transaction, ctx);
    if (!this->completes(transaction, ctx)) return;
    ctx.cancel<VoteTimeout>();
    ctx.write(*this, CommitDecision{});
    ctx.reply(kit::Placed{});
    this->tell(transaction, ctx);
    ctx.force();
  }
};

/// Votes yes with the prepared record still in memory.
template <typename P>
struct VoteWithoutPrepared : P {
  static constexpr std::string_view mistake = "M-A02";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Prepare& question, Context& ctx) {
    auto& branch = this->branches[ctx.order()];
    if (branch.phase != Phase::working) return P::on(question, ctx);
    ctx.cancel<WorkTimeout>();
    ctx.write(*this, Prepared{this->stock.hold_of(ctx.order())});
    ctx.answer(Vote{true});
    ctx.arm<InquiryDue>(this->settings->vote_timeout);
  }
};

/// Has lost the work in a crash, finds that nothing is left to do, and votes yes.
template <typename P>
struct YesAfterAmnesia : P {
  static constexpr std::string_view mistake = "M-A03";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Prepare& question, Context& ctx) {
    if (this->branches[ctx.order()].phase != Phase::unknown) return P::on(question, ctx);
    ctx.answer(Vote{true});
  }
};

/// Takes silence for consent.
template <typename C>
struct TimeoutCommits : C {
  static constexpr std::string_view mistake = "M-A05";
  using Phase = Coordinator::Phase;
  using C::on;
  void on(const VoteTimeout& timeout, Context& ctx) {
    auto& transaction = this->transactions[ctx.order()];
    if (transaction.phase != Phase::preparing) return C::on(timeout, ctx);
    this->commit(transaction, ctx);
  }
};

/// Has promised to wait, and aborts alone after a while.
template <typename P>
struct ReadyTimeoutAborts : P {
  static constexpr std::string_view mistake = "M-A06";
  using Phase = Participant::Phase;
  using P::on;
  void on(const InquiryDue&, Context& ctx) {
    auto& branch = this->branches[ctx.order()];
    if (branch.phase == Phase::prepared) this->abort(ctx);
  }
};

/// Knows after a crash that it is in doubt, and lets others have what it has locked.
template <typename P>
struct LocksNotRestored : P {
  static constexpr std::string_view mistake = "M-A08";
  using Phase = Participant::Phase;
  using P::replay;
  void replay(const Prepared& record, sim::OrderId order) {
    this->branches[order].phase = Phase::prepared;
    this->stock.taken[order] = record.hold.units;
  }
};

/// Counts votes that come after it has aborted.
template <typename C>
struct DecisionNotSticky : C {
  static constexpr std::string_view mistake = "M-A09";
  using Phase = Coordinator::Phase;
  using C::on;
  void on(const Vote& vote, Context& ctx) {
    auto& transaction = this->transactions[ctx.order()];
    const bool is_aborted =
        transaction.phase == Phase::forgotten && !transaction.missing.is_empty();
    if (is_aborted) transaction.phase = Phase::preparing;
    C::on(vote, ctx);
  }
};

/// Its recovery finds an order prepared without a decision, and does not think of those who are
/// still voting.
template <typename C>
struct RecoveryRacesPrepare : C {
  static constexpr std::string_view mistake = "M-A11";
  using Phase = Coordinator::Phase;
  using C::on;
  void on(const Inquiry& inquiry, Context& ctx) {
    const bool is_voted_on = this->transactions[ctx.order()].phase == Phase::preparing;
    is_voted_on ? this->answer_without_record(ctx) : C::on(inquiry, ctx);
  }
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
template <typename C>
struct ForgetCommitEarly : C {
  static constexpr std::string_view mistake = "M-B01";
  using Phase = Coordinator::Phase;
  using C::on;
  void on(const Ack&, Context& ctx) {
    auto& transaction = this->transactions[ctx.order()];
    if (transaction.phase != Phase::committing) return;
    this->end(ctx);
  }
};

/// Decides at the first vote, and counts those still on their way as no.
template <typename C>
struct MissingVotesAreNo : C {
  static constexpr std::string_view mistake = "X-2PC-01";
  using Phase = Coordinator::Phase;
  using C::on;
  void on(const Vote& vote, Context& ctx) {
    C::on(vote, ctx);
    auto& transaction = this->transactions[ctx.order()];
    if (transaction.phase == Phase::preparing) this->abort(transaction, ctx);
  }
};

/// Waits for the outcome without asking for it.
template <typename P>
struct NeverAsks : P {
  static constexpr std::string_view mistake = "X-2PC-02";
  using P::on;
  void on(const InquiryDue&, Context&) {}
};

/// Tells the outcome once, and leaves the rest to those who ask.
template <typename C>
struct TellsOnce : C {
  using C::on;
  void on(const ResendDue&, Context&) {}
};

/// Tells one service after the other, each when the one before has acknowledged, and answers no
/// inquiries until all have.
template <typename C>
struct TellsOneByOne : C {
  static constexpr std::string_view mistake = "X-2PC-04";
  using Phase = Coordinator::Phase;
  using Transaction = Coordinator::Transaction;
  using C::on;
  void on(const Vote& vote, Context& ctx) {
    auto& transaction = this->transactions[ctx.order()];
    if (transaction.phase != Phase::preparing) return;
    if (!vote.yes) return this->abort(transaction, ctx);
    if (!this->completes(transaction, ctx)) return;
    ctx.cancel<VoteTimeout>();
    ctx.write(*this, CommitDecision{});
    ctx.force();
    ctx.reply(kit::Placed{});
    tell_next(transaction, ctx);
  }
  void on(const ResendDue&, Context& ctx) {
    auto& transaction = this->transactions[ctx.order()];
    if (transaction.phase == Phase::committing) tell_next(transaction, ctx);
  }
  void on(const Ack& ack, Context& ctx) {
    C::on(ack, ctx);
    auto& transaction = this->transactions[ctx.order()];
    if (transaction.phase == Phase::committing) tell_next(transaction, ctx);
  }
  void on(const Inquiry& inquiry, Context& ctx) {
    if (this->transactions[ctx.order()].phase != Phase::committing) C::on(inquiry, ctx);
  }
  void tell_next(Transaction& transaction, Context& ctx) const {
    const sim::NodeId* service = this->settings->services.of(ctx).begin();
    while (!transaction.missing.has(this->settings->services.of(ctx).position(*service))) ++service;
    ctx.send(*service, Commit{});
    ctx.arm<ResendDue>(this->settings->retry.after(transaction.attempts++));
  }
};

/// Acknowledges a commit that is not durable yet.
template <typename P>
struct AckBeforeDurable : P {
  static constexpr std::string_view mistake = "X-2PC-05";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Commit& commit, Context& ctx) {
    auto& branch = this->branches[ctx.order()];
    if (branch.phase != Phase::prepared) return P::on(commit, ctx);
    P::commit(ctx);
    ctx.answer(Ack{});
  }
};

/// Commits, and forgets that somebody waits for the answer.
struct NeverAnswers : Coordinator {
  void commit(Transaction& transaction, Context& ctx) override;
};

/// Tells a commit for ever, whoever has acknowledged it.
template <typename C>
struct TellsForEver : C {
  static constexpr std::string_view mistake = "X-2PC-07";
  using C::on;
  void on(const Ack&, Context&) {}
};

/// Has one lock for all its units: refuses whoever asks while another order works here.
template <typename P>
struct LocksTheTable : P {
  static constexpr std::string_view mistake = "X-2PC-08";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Work& work, Context& ctx) {
    bool is_busy = false;
    this->branches.for_each(
        [&](sim::OrderId, const Branch& branch) { is_busy |= branch.phase == Phase::working; });
    if (!is_busy || this->branches[ctx.order()].phase != Phase::unknown) return P::on(work, ctx);
    ctx.write(*this, Refused{});
    ctx.answer(Worked{false});
  }
};

/// Has committed by itself, and no longer says so after a crash.
struct ReportsOnce : DecidesHeuristically<PresumedCommitParticipant> {
  using DecidesHeuristically<PresumedCommitParticipant>::on;
  void on(const HeuristicDue&, Context& ctx);
  void on(const sim::Restart& restart, Context& ctx) { Participant::on(restart, ctx); }
};

/// Its recovery rolls back whatever it sees prepared and not on record, at once: also what is just
/// being voted on.
struct OrphansAtFirstSight : ScansPeriodically {
  using ScansPeriodically::on;
  void on(const InDoubt& branch, Context& ctx);
};

/// Its recovery finishes what its log knows, and leaves alone what it does not.
struct OrphansLeftAlone : ScansPeriodically {
  using ScansPeriodically::on;
  void on(const InDoubt& branch, Context& ctx);
};

/// Its recovery looks for orphans only: what is decided was told, and that is that.
struct DecidedIsTold : TellsOnce<ScansPeriodically> {
  using TellsOnce<ScansPeriodically>::on;
  void on(const InDoubt& branch, Context& ctx);
};

/// Takes *unknown branch* for a failure, and tells the commit again.
struct UnknownIsFailure : ScansPeriodically {
  using ScansPeriodically::on;
  void on(const UnknownBranch&, Context&) {}
};

/// Looks at the work which units are free, and takes them at the prepare without another look: two
/// orders of which both look before either takes get the same ones.
struct TakesWithoutAnotherLook : Participant {
  kit::OrderTable<kit::UnitList> seen;  ///< of each order that works here

  using Participant::on;
  void on(const Work& work, Context& ctx);
  void on(const Prepare& question, Context& ctx);
  void lose_memory();

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Participant>(self), std::tie(self.seen));
  }
};

/// Holds a commit that it has carried out already to be impossible.
struct CommitExpectedOnce : Participant {
  using Participant::on;
  void on(const Commit& decision, Context& ctx) {
    ctx.expect(branches[ctx.order()].phase == Phase::prepared,
               "a branch that is told to commit is prepared");
    Participant::on(decision, ctx);
  }
};

/// What does less than it should stands below what tells others too early.
struct CarelessParticipant
    : kit::Careless<Participant, NeverAsks, ReadyTimeoutAborts, LocksTheTable, YesAfterAmnesia,
                    VoteWithoutPrepared, AckBeforeDurable, LocksNotRestored> {};
struct CarelessCoordinator : kit::Careless<Coordinator, TimeoutCommits, RecoveryRacesPrepare,
                                           ForgetCommitEarly, TellsForEver, TellsOneByOne,
                                           ReplyBeforeForce, DecisionNotSticky, MissingVotesAreNo> {
};

}  // namespace indoubt::two_phase_commit::mutants
