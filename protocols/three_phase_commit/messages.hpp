#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/atomic_commit/messages.hpp"
#include "protocols/kit/job/client.hpp"
#include "protocols/three_phase_commit/sites.hpp"
#include "sim/base/flag.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// Three-phase commit. What travels, what is written, and what each of them states. Sources: Skeen,
/// Nonblocking Commit Protocols (1981); Skeen, A Quorum-Based Commit Protocol (1982); Bernstein,
/// Hadzilacos, Goodman, Concurrency Control and Recovery in Database Systems (1987), section 7.5;
/// Keidar, Dolev, Increasing the Resilience of Distributed and Replicated Database Systems (1998).
namespace indoubt::three_phase_commit {

using sim::Outcome;

// The work, phase one.
using atomic_commit::Prepare;
using atomic_commit::Vote;
using atomic_commit::Work;
using atomic_commit::Worked;

/// Phase two: everybody voted yes, and nobody commits before everybody knows it. From a leader of
/// the termination protocol, too: then the ballot is its round's.
struct PreCommit {
  static constexpr std::string_view name = "pre_commit";
  std::uint64_t ballot;
};
/// The counterpart, of the quorum terminations only.
struct PreAbort {
  static constexpr std::string_view name = "pre_abort";
  std::uint64_t ballot;
};
/// Written, and which of the two.
struct PreAck {
  static constexpr std::string_view name = "pre_ack";
  std::uint64_t ballot;
  State state;
  std::string text() const { return std::string{name_of(state)}; }
};

/// Phase three. From whoever decides: the coordinator, or a site in its place.
using atomic_commit::Abort;
using atomic_commit::Commit;
/// To the coordinator, which tells the outcome until all have acknowledged it.
using atomic_commit::Ack;

/// Termination: where do you stand? With a ballot, also: follow me and nobody of a lower one.
struct StateRequest {
  static constexpr std::string_view name = "state_request";
  std::uint64_t ballot;  ///< `no_ballot`: only asks
};
/// No vote, no decision: it passes on what the site has done already.
struct StateReport {
  static constexpr std::string_view name = "state_report";
  std::uint64_t ballot;    ///< of the request
  std::uint64_t promised;  ///< the highest that the site follows
  std::uint64_t attempt;   ///< under which it came into its state
  State state;
  sim::Flag recovering;  ///< whether it has crashed since, and only asks
  std::string text() const {
    return std::string{name_of(state)} + (recovering ? ", recovering" : "");
  }
};

using atomic_commit::ResendDue;
using atomic_commit::VoteTimeout;
using atomic_commit::WorkTimeout;
/// Nobody has told a site in doubt what to do next: the termination protocol begins.
struct DecisionDue : sim::Timer {
  static constexpr std::string_view name = "decision_due";
};
/// Whoever has not answered a site that terminates an order is down, or as good as that.
struct RoundOver : sim::Timer {
  static constexpr std::string_view name = "round_over";
};

using Messages = kit::MessagesWith<Work, Worked, Prepare, Vote, PreCommit, PreAck, Commit, Abort,
                                   Ack, StateRequest, StateReport, PreAbort, VoteTimeout, ResendDue,
                                   WorkTimeout, DecisionDue, RoundOver>;

// Service: what it has promised, and what became of it.
using atomic_commit::Aborted;
using atomic_commit::Committed;
using atomic_commit::Prepared;
using atomic_commit::Refused;

/// Any site: everybody has voted yes.
struct Precommitted {
  static constexpr std::string_view name = "precommitted";
  std::uint64_t ballot;
};
/// Any site: it will not follow a leader who wants to commit, unless the termination says so.
struct Preaborted {
  static constexpr std::string_view name = "preaborted";
  std::uint64_t ballot;
};
/// Any site: it follows the leader of this ballot and nobody of a lower one.
struct Elected {
  static constexpr std::string_view name = "elected";
  std::uint64_t ballot;
};

// Coordinator.
using atomic_commit::AbortDecision;
using atomic_commit::CommitDecision;
using atomic_commit::End;

using Records = sim::Kinds<Prepared, Precommitted, Committed, Aborted, Refused, CommitDecision,
                           AbortDecision, End, Preaborted, Elected>;
using Context = sim::Context<Messages, Records>;

}  // namespace indoubt::three_phase_commit
