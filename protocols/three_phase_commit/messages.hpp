#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/business/client.hpp"
#include "protocols/business/stock.hpp"
#include "protocols/three_phase_commit/sites.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// Three-phase commit. What travels, what is written, and what each of them states. Sources: Skeen,
/// Nonblocking Commit Protocols (1981); Skeen, A Quorum-Based Commit Protocol (1982); Bernstein,
/// Hadzilacos, Goodman, Concurrency Control and Recovery in Database Systems (1987), section 7.5;
/// Keidar, Dolev, Increasing the Resilience of Distributed and Replicated Database Systems (1998).
namespace indoubt::three_phase_commit {

using sim::FactKind;
using sim::Outcome;

/// Coordinator to service, before the protocol proper: lock units for this order.
struct Work {
  static constexpr std::string_view name = "work";
};
/// The service's answer: locked, in memory only, or refused.
struct Worked {
  static constexpr std::string_view name = "worked";
  std::uint64_t done;
  std::string text() const { return done != 0 ? "done" : "refused"; }
};

/// Phase one.
struct Prepare {
  static constexpr std::string_view name = "prepare";
};
struct Vote {
  static constexpr std::string_view name = "vote";
  std::uint64_t yes;
  void facts(sim::FactSink& sink) const {
    sink.state(FactKind::voted, yes != 0 ? Outcome::commit : Outcome::abort);
  }
  std::string text() const { return yes != 0 ? "yes" : "no"; }
};

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
struct Commit {
  static constexpr std::string_view name = "commit";
  void facts(sim::FactSink& sink) const { sink.state(FactKind::decided, Outcome::commit); }
};
struct Abort {
  static constexpr std::string_view name = "abort";
  void facts(sim::FactSink& sink) const { sink.state(FactKind::decided, Outcome::abort); }
};
/// To the coordinator, which tells the outcome until all have acknowledged it.
struct Ack {
  static constexpr std::string_view name = "ack";
};

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
  std::uint64_t recovering;  ///< whether it has crashed since, and only asks
  std::string text() const {
    return std::string{name_of(state)} + (recovering != 0 ? ", recovering" : "");
  }
};

/// The coordinator has waited long enough for answers.
struct VoteTimeout : sim::Timer {
  static constexpr std::string_view name = "vote_timeout";
};
/// Some services have not acknowledged the outcome.
struct ResendDue : sim::Timer {
  static constexpr std::string_view name = "resend_due";
};
/// No prepare came for work that was done.
struct WorkTimeout : sim::Timer {
  static constexpr std::string_view name = "work_timeout";
};
/// Nobody has told a site in doubt what to do next: the termination protocol begins.
struct DecisionDue : sim::Timer {
  static constexpr std::string_view name = "decision_due";
};
/// Whoever has not answered a site that terminates an order is down, or as good as that.
struct RoundOver : sim::Timer {
  static constexpr std::string_view name = "round_over";
};

using Messages =
    business::MessagesWith<Work, Worked, Prepare, Vote, PreCommit, PreAck, Commit, Abort, Ack,
                           StateRequest, StateReport, PreAbort, VoteTimeout, ResendDue, WorkTimeout,
                           DecisionDue, RoundOver>;

/// Service: the vote is yes. Carries the locks, so that they can be taken again after a crash.
struct Prepared {
  static constexpr std::string_view name = "prepared";
  business::Hold hold;
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::held, hold.units, hold.generation, hold.expiry());
  }
};
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

struct Committed {
  static constexpr std::string_view name = "committed";
  business::UnitList units;
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::assigned, units);
    if (units.count != 0) sink.state(FactKind::decided, Outcome::commit);
  }
};
/// Service: nothing of the order is or will be here. Stays, so that late messages find it.
struct Aborted {
  static constexpr std::string_view name = "aborted";
  business::UnitList units;  ///< prepared until now; none if the vote was not yes
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::released, units);
    if (units.count != 0) sink.state(FactKind::decided, Outcome::abort);
  }
};
/// Service: declined, or not enough units.
struct Refused {
  static constexpr std::string_view name = "refused";
  void facts(sim::FactSink& sink) const { sink.state(FactKind::refused); }
};

/// Coordinator: the decision. Whoever is not told must be told after a crash.
struct CommitDecision {
  static constexpr std::string_view name = "commit_decision";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::commit);
  }
};
struct AbortDecision {
  static constexpr std::string_view name = "abort_decision";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::abort);
  }
};
/// Coordinator: all services acknowledged the outcome.
struct End {
  static constexpr std::string_view name = "end";
};

using Records = sim::Kinds<Prepared, Precommitted, Committed, Aborted, Refused, CommitDecision,
                           AbortDecision, End, Preaborted, Elected>;
using Context = sim::Context<Messages, Records>;

}  // namespace indoubt::three_phase_commit
