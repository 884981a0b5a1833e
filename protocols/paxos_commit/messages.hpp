#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/atomic_commit/messages.hpp"
#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/paxos_commit/ballot.hpp"
#include "protocols/paxos_commit/options.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// Paxos Commit. What travels, what is written, and what each of them states. Whether a service is
/// prepared is agreed on by an instance of Paxos; the instances of an order share their ballots,
/// and their messages are bundled. Source: Gray, Lamport, Consensus on Transaction Commit (2006).
namespace indoubt::paxos_commit {

using kit::ServiceSet;
using sim::Outcome;

/// The acceptors are a list of nodes like the services, and a set of them is like one of services.
using Acceptors = kit::NodeList;
using AcceptorSet = kit::ServiceSet;

using atomic_commit::Work;
/// The service's answer: locked, in memory only. One that refuses votes no instead.
struct Worked {
  static constexpr std::string_view name = "worked";
};

using atomic_commit::Prepare;
/// Service to acceptors: its proposal in ballot 0, which has no phase 1. It is phase 2a there.
using atomic_commit::Vote;

/// Leader to acceptors: accept nothing in lower ballots any more, and say what you have accepted.
struct Phase1a {
  static constexpr std::string_view name = "phase_1a";
  Ballot ballot;
  std::string text() const { return ballot.text(); }
};
/// The acceptor's answer: the highest ballot in which it has accepted anything, and what.
struct Phase1b {
  static constexpr std::string_view name = "phase_1b";
  Ballot ballot;        ///< that it answers
  Ballot accepted;      ///< ballot 0 if there is none
  ServiceSet prepared;  ///< the rest are aborted, or, in ballot 0, have not proposed
  std::string text() const {
    return std::to_string(prepared.count()) + " prepared in " + accepted.text();
  }
};
/// Leader to acceptors: who is prepared. The rest are aborted.
struct Phase2a {
  static constexpr std::string_view name = "phase_2a";
  Ballot ballot;
  ServiceSet prepared;
  std::string text() const {
    return std::to_string(prepared.count()) + " prepared in " + ballot.text();
  }
};
/// Acceptor to whoever learns the outcome: it has accepted this, for all services at once. In
/// ballot 0 it waits for everybody's proposal, or for the first no.
struct Phase2b {
  static constexpr std::string_view name = "phase_2b";
  Ballot ballot;
  ServiceSet prepared;
  std::string text() const {
    return std::to_string(prepared.count()) + " prepared in " + ballot.text();
  }
};
/// Acceptor to the leader of a ballot that is too low.
struct Outbid {
  static constexpr std::string_view name = "outbid";
  Ballot promised;
  std::string text() const { return "by " + promised.text(); }
};

/// Leader to services.
using atomic_commit::Abort;
using atomic_commit::Commit;
/// A service in doubt nudges a leader: find out, and tell me.
using atomic_commit::Inquiry;
using atomic_commit::VoteTimeout;
/// A leader's ballot has led to nothing.
struct BallotTimeout : sim::Timer {
  static constexpr std::string_view name = "ballot_timeout";
};
using atomic_commit::InquiryDue;
using atomic_commit::WorkTimeout;

using Messages =
    kit::MessagesWith<Work, Worked, Prepare, Vote, Phase1a, Phase1b, Phase2a, Phase2b, Outbid,
                      Commit, Abort, Inquiry, VoteTimeout, BallotTimeout, WorkTimeout, InquiryDue>;

using atomic_commit::Aborted;
using atomic_commit::Committed;
using atomic_commit::Prepared;
using atomic_commit::Refused;

/// What an acceptor must not forget about an order.
struct Acceptance {
  Ballot promised{};      ///< it accepts nothing in lower ballots
  Ballot ballot{};        ///< in which it accepted
  ServiceSet known{};     ///< in ballot 0: whose proposal it has; in any other: all
  ServiceSet prepared{};  ///< of these
  static auto fields(auto& self) {
    auto& [p, b, k, s] = self;
    return std::tie(p, b, k, s);
  }
};
/// Acceptor: what it has promised and accepted by now. It decides nothing alone, so this states
/// none.
struct Accepted {
  static constexpr std::string_view name = "accepted";
  Acceptance acceptance;
};
/// Leader: the ballot is used up, also after a crash.
struct BallotBegun {
  static constexpr std::string_view name = "ballot_begun";
  Ballot ballot;
};

using Records = sim::Kinds<Prepared, Committed, Aborted, Refused, Accepted, BallotBegun>;
using Context = sim::Context<Messages, Records>;

/// What all roles are told when they are set up.
struct Settings : Options {
  kit::Services services{};
  Acceptors acceptors{};
  sim::NodeId coordinator{};

  std::uint32_t leaders() const { return static_cast<std::uint32_t>(acceptors.count) + 1; }
  /// Leaders by turns, the coordinator first.
  sim::NodeId leader_to_ask(std::uint32_t turn) const {
    return turn == 0 ? coordinator : acceptors.nodes[turn - 1];
  }
  /// The number of acceptors that choose an outcome. Any two sets of this size have an acceptor in
  /// common.
  int quorum() const { return tolerated + 1; }
  /// Those that get the votes. The others are there for when one of these is lost.
  AcceptorSet first_acceptors() const {
    return AcceptorSet::first(static_cast<std::size_t>(quorum()));
  }
};

/// Takes what an acceptor has accepted, of a ballot from which nothing else was taken. Returns
/// whether the outcome is certain now: it is commit if and only if everybody is prepared. In ballot
/// 0 one no is enough: its service alone proposes there, so nothing but aborted can ever be chosen
/// for it.
inline bool completes(AcceptorSet& accepted, const Phase2b& message, const Settings& settings,
                      const Context& ctx) {
  accepted.add(settings.acceptors.position(ctx.sender()));
  const bool has_a_no = message.prepared != settings.services.of(ctx).all();
  return accepted.count() >= settings.quorum() || (message.ballot.is_first() && has_a_no);
}

}  // namespace indoubt::paxos_commit
