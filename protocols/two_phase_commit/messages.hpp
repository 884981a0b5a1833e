#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/atomic_commit/messages.hpp"
#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/two_phase_commit/options.hpp"
#include "sim/base/flag.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// Two-phase commit. What travels, what is written, and what each of them states. Sources: Gray,
/// Notes on Data Base Operating Systems (1978); Mohan, Lindsay, Obermarck, Transaction Management
/// in the R* Distributed Database Management System (1986); Bernstein, Hadzilacos, Goodman,
/// Concurrency Control and Recovery in Database Systems (1987), chapter 7.
namespace indoubt::two_phase_commit {

using sim::FactKind;
using sim::Outcome;

// The work, phase one.
using atomic_commit::Prepare;
using atomic_commit::Vote;
using atomic_commit::Work;
using atomic_commit::Worked;

// Phase two, and a service in doubt.
using atomic_commit::Abort;
using atomic_commit::Ack;
using atomic_commit::Commit;
using atomic_commit::Inquiry;

/// Answer to an inquiry about an order of which the coordinator has no record: it was aborted, or
/// everybody acknowledged its commit. A presumption is no decision, so this states none.
struct PresumedAbort {
  static constexpr std::string_view name = "presumed_abort";
};

/// The same where no record means commit: everybody was told, or everybody acknowledged an abort.
struct PresumedCommit {
  static constexpr std::string_view name = "presumed_commit";
};

/// Cooperative termination. A service in doubt asks another one, too. No vote, no decision: the
/// answer passes on what the other has done already.
struct DecisionRequest {
  static constexpr std::string_view name = "decision_request";
};
struct DecisionKnown {
  static constexpr std::string_view name = "decision_known";
  sim::Flag commits;
  std::string text() const { return std::string{name_of(sim::outcome_of(commits))}; }
};

// The timers: who waits too long, and for what.
using atomic_commit::InquiryDue;
using atomic_commit::ResendDue;
using atomic_commit::VoteTimeout;
using atomic_commit::WorkTimeout;

/// The vote of a service from which the order only reads: either outcome will do, so it promises
/// nothing, waits for nothing, and states no vote.
struct VoteRead {
  static constexpr std::string_view name = "vote_read";
};

/// Commit in one phase. To the only service: decide, and say how.
struct CommitOnePhase {
  static constexpr std::string_view name = "commit_one_phase";
};
struct OnePhaseOutcome {
  static constexpr std::string_view name = "one_phase_outcome";
  sim::Flag commits;
  void facts(sim::FactSink& sink) const {
    const Outcome outcome = sim::outcome_of(commits);
    sink.state(FactKind::voted, outcome);
    sink.state(FactKind::decided, outcome);
  }
  std::string text() const { return std::string{name_of(sim::outcome_of(commits))}; }
};

/// Service to coordinator, until it is told to forget: it could not wait, and did this. No fact:
/// the decision is stated by its record.
struct Heuristic {
  static constexpr std::string_view name = "heuristic";
  sim::Flag commits;
  std::string text() const { return std::string{name_of(sim::outcome_of(commits))}; }
};
/// Coordinator to service: the heuristic decision is on record here.
struct Forget {
  static constexpr std::string_view name = "forget";
};
/// A service has been in doubt for as long as it can bear.
struct HeuristicDue : sim::Timer {
  static constexpr std::string_view name = "heuristic_due";
};
/// A heuristic decision was reported, and is not on record at the coordinator.
struct ReportDue : sim::Timer {
  static constexpr std::string_view name = "report_due";
};

/// Passive participants. The coordinator's recovery asks a service what it has prepared:
/// `xa_recover`, or a query of `pg_prepared_xacts`. About no order.
struct ListPrepared {
  static constexpr std::string_view name = "list_prepared";
  std::uint64_t scan;  ///< which one, of all that were ever made
};
/// A line of the answer, about its order: this branch is prepared.
struct InDoubt {
  static constexpr std::string_view name = "in_doubt";
};
/// The end of the answer, about no order: so many lines there were.
struct PreparedList {
  static constexpr std::string_view name = "prepared_list";
  std::uint64_t scan;
  std::uint64_t branches;
  std::string text() const { return std::to_string(branches); }
};
/// Answer to a commit or an abort of a branch that is not there: XAER_NOTA. It has ended before, or
/// never was.
struct UnknownBranch {
  static constexpr std::string_view name = "unknown_branch";
  sim::Flag commits;  ///< what it answers
  std::string text() const { return std::string{name_of(sim::outcome_of(commits))}; }
};
/// The recovery looks again.
struct ScanDue : sim::Timer {
  static constexpr std::string_view name = "scan_due";
};
/// A branch of which the log knows nothing has been seen for so long that nobody votes on it any
/// more.
struct OrphanDue : sim::Timer {
  static constexpr std::string_view name = "orphan_due";
};

using ActiveMessages =
    kit::MessagesWith<Work, Worked, Prepare, Vote, Commit, Abort, Ack, Inquiry, PresumedAbort,
                      VoteTimeout, ResendDue, WorkTimeout, InquiryDue, PresumedCommit,
                      DecisionRequest, DecisionKnown, VoteRead, CommitOnePhase, OnePhaseOutcome,
                      Heuristic, Forget, HeuristicDue, ReportDue>;
/// Those of passive participants come last, so that all others have the numbers that they have
/// without these.
using Messages = sim::JoinedKinds<ActiveMessages, ListPrepared, InDoubt, PreparedList,
                                  UnknownBranch, ScanDue, OrphanDue>;

// Service: what it has promised, and what became of it.
using atomic_commit::Aborted;
using atomic_commit::Committed;
using atomic_commit::Prepared;
using atomic_commit::Refused;

// Coordinator.
using atomic_commit::CommitDecision;
using atomic_commit::End;
/// Coordinator, presumed nothing: the decision, the other way.
using atomic_commit::AbortDecision;
/// Coordinator, presumed commit: votes are being asked for, so an order that has nothing else on
/// record is aborted. Would name the services, if they were not the same for all orders.
struct Collecting {
  static constexpr std::string_view name = "collecting";
};

/// Coordinator, if it records requests: the order may have been begun, so an order that has nothing
/// else on record is aborted.
struct RequestRecorded {
  static constexpr std::string_view name = "request_recorded";
};

/// The same: an order that only reads was placed.
struct RequestServed {
  static constexpr std::string_view name = "request_served";
};

/// The only service: it has decided alone. A vote that nobody waits for and a decision in one.
struct CommittedAlone {
  static constexpr std::string_view name = "committed_alone";
  kit::UnitList units;
  void facts(sim::FactSink& sink) const { sink.change(FactKind::assigned, units); }
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::voted, Outcome::commit);
    sink.state(FactKind::decided, Outcome::commit);
  }
};

/// Service in doubt: it has decided by itself, and will say so until it is told to forget.
struct HeuristicCommitted {
  static constexpr std::string_view name = "heuristic_committed";
  kit::UnitList units;
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::assigned, units);
    sink.state(FactKind::decided, Outcome::commit);
  }
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::guessed, Outcome::commit);
  }
};
struct HeuristicAborted {
  static constexpr std::string_view name = "heuristic_aborted";
  kit::UnitList units;
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::released, units);
    sink.state(FactKind::decided, Outcome::abort);
  }
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::guessed, Outcome::abort);
  }
};
/// Service: the coordinator knows.
struct HeuristicForgotten {
  static constexpr std::string_view name = "heuristic_forgotten";
};
/// Coordinator: a service has decided by itself, and as everybody else.
struct HeuristicAgreed {
  static constexpr std::string_view name = "heuristic_agreed";
  std::uint64_t service;  ///< its position
  void facts_when_forced(sim::FactSink& sink) const {
    sink.change(FactKind::noted, std::array{static_cast<std::uint32_t>(service)});
  }
};
/// Coordinator: a service has decided by itself, and otherwise than everybody else: HEURISTIC
/// MIXED. Somebody has to repair that by hand.
struct HeuristicMixed {
  static constexpr std::string_view name = "heuristic_mixed";
  std::uint64_t service;  ///< its position
  void facts_when_forced(sim::FactSink& sink) const {
    sink.change(FactKind::noted, std::array{static_cast<std::uint32_t>(service)});
  }
};

using Records =
    sim::Kinds<Prepared, Committed, Aborted, Refused, CommitDecision, End, AbortDecision,
               Collecting, CommittedAlone, HeuristicCommitted, HeuristicAborted, HeuristicForgotten,
               HeuristicAgreed, HeuristicMixed, RequestRecorded, RequestServed>;
using Context = sim::Context<Messages, Records>;

/// What both roles are told when they are set up.
struct Settings : Options {
  kit::Services services{};
  sim::NodeId coordinator{};
  kit::NodeList writers{};  ///< the services that can be in doubt: some order takes something there
};

}  // namespace indoubt::two_phase_commit
