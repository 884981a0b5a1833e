#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/job/stock_records.hpp"
#include "sim/base/flag.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// The words that all protocols for atomic commitment share: what a service is asked and answers,
/// what it writes, and what each of them states. A family names those that it uses among its own.
/// Source: Bernstein, Hadzilacos, Goodman, Concurrency Control and Recovery in Database Systems
/// (1987), chapter 7.
namespace indoubt::atomic_commit {

using sim::FactKind;
using sim::Outcome;

/// Coordinator to service, before the protocol proper: lock units for this order.
struct Work {
  static constexpr std::string_view name = "work";
};
/// The service's answer: locked, in memory only, or refused.
struct Worked {
  static constexpr std::string_view name = "worked";
  sim::Flag done;
  std::string text() const { return done ? "done" : "refused"; }
};

/// Phase one.
struct Prepare {
  static constexpr std::string_view name = "prepare";
};
struct Vote {
  static constexpr std::string_view name = "vote";
  sim::Flag yes;
  void facts(sim::FactSink& sink) const { sink.state(FactKind::voted, sim::outcome_of(yes)); }
  std::string text() const { return yes ? "yes" : "no"; }
};

/// The decision, from whoever takes it.
struct Commit {
  static constexpr std::string_view name = "commit";
  void facts(sim::FactSink& sink) const { sink.state(FactKind::decided, Outcome::commit); }
};
struct Abort {
  static constexpr std::string_view name = "abort";
  void facts(sim::FactSink& sink) const { sink.state(FactKind::decided, Outcome::abort); }
};
struct Ack {
  static constexpr std::string_view name = "ack";
};
/// A service in doubt asks for the outcome.
struct Inquiry {
  static constexpr std::string_view name = "inquiry";
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
/// A service is in doubt and asks, again and again.
struct InquiryDue : sim::Timer {
  static constexpr std::string_view name = "inquiry_due";
};

/// Service: the vote is yes. Carries the locks, so that they can be taken again after a crash.
struct Prepared {
  static constexpr std::string_view name = "prepared";
  kit::Hold hold;
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::held, hold.units, hold.generation, hold.expiry());
    sink.state(FactKind::prepared);
  }
};
struct Committed {
  static constexpr std::string_view name = "committed";
  kit::UnitList units;
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::assigned, units);
    sink.state(FactKind::decided, Outcome::commit);
  }
};
/// Service: nothing of the order is or will be here. Stays, so that late messages find it.
struct Aborted {
  static constexpr std::string_view name = "aborted";
  kit::UnitList units;  ///< prepared until now; none if the vote was not yes
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::released, units);
    sink.state(FactKind::decided, Outcome::abort);
  }
};
using kit::Refused;

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
/// Coordinator: all services acknowledged; the order may be forgotten.
struct End {
  static constexpr std::string_view name = "end";
};

}  // namespace indoubt::atomic_commit
