#pragma once

#include "protocols/paxos_commit/acceptor.hpp"
#include "protocols/paxos_commit/coordinator.hpp"
#include "protocols/paxos_commit/fast.hpp"
#include "protocols/paxos_commit/participant.hpp"

/// Paxos Commit with one mistake each, as people make it. Every mutant is the correct role but for
/// the handlers that it declares; `family.cpp` says what each of them breaks.
namespace indoubt::paxos_commit::mutants {

/// Takes over, and proposes aborted at once: it has not heard of any vote itself.
struct AbortsWithoutPhase1 : Acceptor {
  using Acceptor::on;
  void on(const Inquiry& inquiry, Context& ctx);
};

/// Tells what it has accepted, and forces it afterwards.
struct AcceptsBeforeForce : Acceptor {
  using Acceptor::on;
  void on(const Vote& vote, Context& ctx);
};

/// Takes votes although it has promised a leader not to.
struct BreaksPromise : Acceptor {
  using Acceptor::on;
  void on(const Vote& vote, Context& ctx);
};

/// Has waited long enough for votes, and aborts without asking the acceptors what they have.
struct TimeoutAborts : Coordinator {
  using Coordinator::on;
  void on(const VoteTimeout& timeout, Context& ctx);
};

/// Votes yes with the prepared record still in memory.
struct VoteWithoutPrepared : Participant {
  using Participant::on;
  void on(const Prepare& question, Context& ctx);
};

/// Asks the coordinator again and again.
struct AsksOneLeader : Participant {
  using Participant::on;
  void on(const InquiryDue&, Context& ctx);
};

/// Takes the word of one acceptor for that of a quorum.
struct LearnsFromOne : FastParticipant {
  using FastParticipant::on;
  void on(const Phase2b& accepted, Context& ctx);
};

/// Takes down who has voted, and not what.
struct TakesAnyVoteForYes : Acceptor {
  using Acceptor::on;
  void on(const Vote&, Context& ctx) { Acceptor::on(Vote{true}, ctx); }
};

}  // namespace indoubt::paxos_commit::mutants
