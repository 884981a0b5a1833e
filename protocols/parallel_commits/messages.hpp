#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/atomic_commit/messages.hpp"
#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/parallel_commits/options.hpp"
#include "sim/base/flag.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// Parallel commits. What travels, what is written, and what each of them states. A force stands
/// for the consensus of a range's replicas, a service for a range. Source: CockroachDB, RFC
/// "Parallel Commits" (2018); Taft et al., CockroachDB: The Resilient Geo-Distributed SQL Database
/// (2020), 3.1.
namespace indoubt::parallel_commits {

using kit::ServiceSet;
using sim::FactKind;
using sim::Outcome;

/// Coordinator to service: lay down an intent.
struct WriteIntent {
  static constexpr std::string_view name = "write_intent";
};
/// Coordinator to the first service, in place of that: and with the intent the transaction record,
/// STAGING. It would name the other services, if they were not the same for all orders.
struct Stage {
  static constexpr std::string_view name = "stage";
};
/// The answer to both. The intent is durable, or never will be: a vote.
struct IntentWritten {
  static constexpr std::string_view name = "intent_written";
  sim::Flag yes;
  void facts(sim::FactSink& sink) const { sink.state(FactKind::voted, sim::outcome_of(yes)); }
  std::string text() const { return yes ? "yes" : "no"; }
};

/// Coordinator to the first service: all intents are there, so make the commit explicit.
using atomic_commit::Commit;
/// First service to the others, and to whoever asks: what the transaction record says.
struct Resolve {
  static constexpr std::string_view name = "resolve";
  sim::Flag commits;
  Outcome outcome() const { return sim::outcome_of(commits); }
  void facts(sim::FactSink& sink) const { sink.state(FactKind::decided, outcome()); }
  std::string text() const { return std::string{name_of(sim::outcome_of(commits))}; }
};

/// To the first service, from somebody who has waited long enough: the transaction must end.
struct Push {
  static constexpr std::string_view name = "push";
};
/// The answer if the record is STAGING: whether that is a commit depends on the intents.
struct Staging {
  static constexpr std::string_view name = "staging";
};
/// To each service: is the intent there? If it is not, it never may be.
struct QueryIntent {
  static constexpr std::string_view name = "query_intent";
};
/// An intent that is found is a vote, even if nobody has heard of it before.
struct IntentStatus {
  static constexpr std::string_view name = "intent_status";
  sim::Flag found;
  void facts(sim::FactSink& sink) const {
    if (found) sink.state(FactKind::voted, Outcome::commit);
  }
  std::string text() const { return found ? "found" : "missing"; }
};
/// To the first service: what the intents say. The record decides, and this states nothing.
struct Recover {
  static constexpr std::string_view name = "recover";
  sim::Flag commits;
  std::string text() const { return std::string{name_of(sim::outcome_of(commits))}; }
};

using atomic_commit::VoteTimeout;
/// Nobody has ended the transaction: push it, and push it again.
struct PushDue : sim::Timer {
  static constexpr std::string_view name = "push_due";
};

using Messages =
    kit::MessagesWith<WriteIntent, Stage, IntentWritten, Commit, Resolve, Push, Staging,
                      QueryIntent, IntentStatus, Recover, VoteTimeout, PushDue>;

/// Service: its part of the order, and the locks. At the first service it is the transaction record
/// as well, in state STAGING.
struct Intent {
  static constexpr std::string_view name = "intent";
  kit::Hold hold;
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::held, hold.units, hold.generation, hold.expiry());
    sink.state(FactKind::prepared);
  }
};
/// Service: the intent is a value now. At the first service: the record is COMMITTED.
using atomic_commit::Committed;
/// Service: the intent is gone, or was prevented. At the first service: the record is ABORTED.
/// Stays, so that late writes find it.
using atomic_commit::Aborted;
/// Service: declined, or not enough units. At the first service: the record is ABORTED.
using atomic_commit::Refused;

using Records = sim::Kinds<Intent, Committed, Aborted, Refused>;
using Context = sim::Context<Messages, Records>;

/// What both roles are told when they are set up.
struct Settings : Options {
  kit::Services services{};

  /// The service with the transaction record: the one that is written first.
  template <typename Context>
  sim::NodeId anchor(const Context& ctx) const {
    return services.of(ctx).nodes[0];
  }
};

}  // namespace indoubt::parallel_commits
