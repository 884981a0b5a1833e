#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/flag.hpp"
#include "sim/world/kinds.hpp"

/// What a transaction supervisor says and hears. A family takes the lists at the end of this file
/// into its own: those of the half that it uses.
namespace indoubt::kit {

// Where services know what they have not finished.

/// Service to supervisor, again and again: a record of the order here is in no final state.
struct Unfinished {
  static constexpr std::string_view name = "unfinished";
  std::int64_t age;  ///< of the record, ns, in whole periods; no more than make up the grace
};
/// Supervisor to authority: what became of the order?
struct AskOutcome {
  static constexpr std::string_view name = "ask_outcome";
};
/// Authority to supervisor. No fact: it repeats what its log says.
struct KnownOutcome {
  static constexpr std::string_view name = "known_outcome";
  enum class State : std::uint64_t { undecided, aborted, committed };
  State state;
  std::string text() const {
    if (state == State::undecided) return "undecided";
    return state == State::committed ? "committed" : "aborted";
  }
};

// Where a service may never have heard of an order.

/// Authority to supervisor, again and again: an order that is placed is not known to be everywhere.
struct Unreconciled {
  static constexpr std::string_view name = "unreconciled";
  std::int64_t age;    ///< of the decision, ns, in whole periods; no more than make up the grace
  sim::Flag is_first;  ///< all that were placed before it are everywhere
};
/// Supervisor to service: is the order's effect here?
struct AskEffect {
  static constexpr std::string_view name = "ask_effect";
};
/// Service to supervisor.
struct KnownEffect {
  static constexpr std::string_view name = "known_effect";
  sim::Flag is_here;  ///< durably
  std::string text() const { return is_here ? "here" : "missing"; }
};
/// Supervisor to authority: the order is everywhere.
struct Reconciled {
  static constexpr std::string_view name = "reconciled";
};

// Both.

/// Supervisor to service: finish the order so. The order is the id of this, as of every command, so
/// what was done already is not done again.
struct Settle {
  static constexpr std::string_view name = "settle";
  sim::Flag commits;
  std::string text() const { return commits ? "complete" : "compensate"; }
};

// Where there are several supervisors.

/// Supervisor to authority: may I act on this order, and what became of it?
struct AskLease {
  static constexpr std::string_view name = "ask_lease";
  std::int64_t asked;  ///< ns by the supervisor's clock
  std::int64_t term;   ///< how long the lease is to last, ns; 0: anybody may act at any time
  /// The answer counts from when it was asked.
  void hash_into(sim::StateHash& hash) const {
    hash.add_age(sim::ClockTime{sim::Duration{asked}});
    hash.add(static_cast<std::uint64_t>(term));
  }
};
/// Authority to supervisor. A supervisor that is refused gets no answer.
struct LeaseGranted {
  static constexpr std::string_view name = "lease_granted";
  sim::Flag commits;
  std::uint64_t token;  ///< of the lease; 0 if there is none
  std::int64_t until;   ///< ns by the supervisor's clock
  std::string text() const {
    return (commits ? "complete, token " : "compensate, token ") + std::to_string(token);
  }
  void hash_into(sim::StateHash& hash) const {
    hash.add(bool{commits});
    hash.add(token);
    hash.add(sim::ClockTime{sim::Duration{until}});
  }
};
/// Supervisor to service: `settle`, under a lease.
struct FencedSettle {
  static constexpr std::string_view name = "fenced_settle";
  sim::Flag commits;
  std::uint64_t token;
  std::string text() const {
    return (commits ? "complete, token " : "compensate, token ") + std::to_string(token);
  }
};

/// Time to look at what is unfinished here.
struct ReviewDue : sim::Timer {
  static constexpr std::string_view name = "review_due";
};

/// Supervisor: what it is about to do.
struct RepairIntent {
  static constexpr std::string_view name = "repair_intent";
  sim::Flag commits;
  std::string text() const { return commits ? "complete" : "compensate"; }
};
/// Authority: who may repair, until when. Its order is the one that was asked for.
struct LeaseGiven {
  static constexpr std::string_view name = "lease_given";
  std::uint64_t holder;  ///< index of the supervisor's node
  std::uint64_t token;
  std::int64_t until;  ///< ns by the authority's clock
  void hash_into(sim::StateHash& hash) const {
    hash.add(holder);
    hash.add(token);
    hash.add(sim::ClockTime{sim::Duration{until}});
  }
};
/// Service: a lease that is younger than all that were seen here.
struct TokenSeen {
  static constexpr std::string_view name = "token_seen";
  std::uint64_t token;
};
/// Service: what the order has here stands for ever.
struct Stands {
  static constexpr std::string_view name = "stands";
};
/// Authority: the order is everywhere, and nobody needs to ask for it any more.
struct OrderReconciled {
  static constexpr std::string_view name = "order_reconciled";
};

// The lists that a family takes into its own.

/// Where services know what they have not finished.
using SettlingMessages = sim::Kinds<Unfinished, AskOutcome, KnownOutcome, Settle, ReviewDue,
                                    AskLease, LeaseGranted, FencedSettle>;
using SettlingRecords = sim::Kinds<Stands, RepairIntent, LeaseGiven, TokenSeen>;

/// Where what was placed is compared with what services have.
using ComparingMessages = sim::Kinds<Unreconciled, AskEffect, KnownEffect, Reconciled, Settle,
                                     ReviewDue, AskLease, LeaseGranted, FencedSettle>;
using ComparingRecords = sim::Kinds<RepairIntent, OrderReconciled, LeaseGiven, TokenSeen>;

}  // namespace indoubt::kit
