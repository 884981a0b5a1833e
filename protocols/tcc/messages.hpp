#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/kit/job/stock_records.hpp"
#include "protocols/kit/retention.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "protocols/tcc/options.hpp"
#include "sim/base/flag.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// Try, confirm, cancel, with a fence. What travels, what is written, and what each of them states.
///
/// Sources: Helland, Life beyond Distributed Transactions (2007), and Pardon and Pautasso, Atomic
/// Distributed Transactions: a RESTful Design (2014), for the pattern; the transaction managers and
/// fences of Seata and dtm, for what it takes on a network that loses and delays.
namespace indoubt::tcc {

using sim::FactKind;
using sim::Outcome;

/// Initiator to transaction manager: open a global transaction for this order.
struct Begin {
  static constexpr std::string_view name = "begin";
};
struct Began {
  static constexpr std::string_view name = "began";
};
/// Initiator to transaction manager: this service is about to be tried.
struct Register {
  static constexpr std::string_view name = "register";
  std::uint64_t branch;  ///< position of the service in the order
  std::string text() const { return "branch " + std::to_string(branch + 1); }
};
struct Registered {
  static constexpr std::string_view name = "registered";
  std::uint64_t branch;
  std::string text() const { return "branch " + std::to_string(branch + 1); }
};
/// Initiator to transaction manager: everything was tried and can be confirmed.
struct Submit {
  static constexpr std::string_view name = "submit";
};
/// Initiator to transaction manager: something failed or was not heard of; abort, if still
/// possible.
struct Abort {
  static constexpr std::string_view name = "abort";
};
/// Transaction manager to initiator: the outcome, whatever the request was.
struct Submitted {
  static constexpr std::string_view name = "submitted";
  void facts(sim::FactSink& sink) const { sink.state(FactKind::decided, Outcome::commit); }
};
struct Aborted {
  static constexpr std::string_view name = "aborted";
  void facts(sim::FactSink& sink) const { sink.state(FactKind::decided, Outcome::abort); }
};

/// Initiator to service: freeze what the order takes.
struct Try {
  static constexpr std::string_view name = "try";
};
struct Tried {
  static constexpr std::string_view name = "tried";
  sim::Flag done;
  std::string text() const { return done ? "frozen" : "refused"; }
};

/// Transaction manager to service: give the order what was frozen for it.
struct Confirm {
  static constexpr std::string_view name = "confirm";
  void facts(sim::FactSink& sink) const { sink.state(FactKind::decided, Outcome::commit); }
};
struct Confirmed {
  static constexpr std::string_view name = "confirmed";
};
/// Transaction manager to service: give back what was frozen, or will be.
struct Cancel {
  static constexpr std::string_view name = "cancel";
  void facts(sim::FactSink& sink) const { sink.state(FactKind::decided, Outcome::abort); }
};
struct Cancelled {
  static constexpr std::string_view name = "cancelled";
};

/// The transaction has been open for too long.
struct GlobalTimeout : sim::Timer {
  static constexpr std::string_view name = "global_timeout";
};
/// The initiator has waited long enough for answers.
struct OutcomeDue : sim::Timer {
  static constexpr std::string_view name = "outcome_due";
};
/// Some services have not answered a confirm or a cancel.
struct ResendDue : sim::Timer {
  static constexpr std::string_view name = "resend_due";
};

using Messages = kit::MessagesWith<Begin, Began, Register, Registered, Submit, Abort, Submitted,
                                   Aborted, Try, Tried, Confirm, Confirmed, Cancel, Cancelled,
                                   GlobalTimeout, OutcomeDue, ResendDue, kit::SettlingMessages>;

// A service's records are local transactions: the change of its stock together with the row of the
// fence, which says what was done for the order here. One record is both or neither.

/// Service: units are frozen for the order.
struct FenceTried {
  static constexpr std::string_view name = "fence_tried";
  kit::Hold hold;
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::held, hold.units, hold.generation, hold.expiry());
  }
};
/// Service: the frozen units are the order's.
struct FenceConfirmed {
  static constexpr std::string_view name = "fence_confirmed";
  kit::UnitList units;
  std::uint32_t generation;
  void facts(sim::FactSink& sink) const { sink.change(FactKind::assigned, units, generation); }
};
/// Service: the frozen units are free again.
struct FenceCancelled {
  static constexpr std::string_view name = "fence_cancelled";
  kit::UnitList units;
  void facts(sim::FactSink& sink) const { sink.change(FactKind::released, units); }
};
/// Service: cancelled before anything was frozen, and nothing will be.
struct FenceSuspended {
  static constexpr std::string_view name = "fence_suspended";
};
using kit::Refused;

/// Transaction manager: the transaction is open.
struct GlobalBegun {
  static constexpr std::string_view name = "global_begun";
};
/// Transaction manager: whatever the outcome, this service must be told.
struct BranchRegistered {
  static constexpr std::string_view name = "branch_registered";
  std::uint64_t branch;
};
/// Transaction manager: everything will be confirmed.
struct SubmitDecision {
  static constexpr std::string_view name = "submit_decision";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::commit);
  }
};
/// Transaction manager: everything will be cancelled.
struct AbortDecision {
  static constexpr std::string_view name = "abort_decision";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::abort);
  }
};
/// Transaction manager: every branch has done what it was told.
struct End {
  static constexpr std::string_view name = "end";
};

using Records = sim::JoinedKinds<FenceTried, FenceConfirmed, FenceCancelled, FenceSuspended,
                                 Refused, GlobalBegun, BranchRegistered, SubmitDecision,
                                 AbortDecision, End, kit::SettlingRecords, kit::RetentionRecords>;
using Context = sim::Context<Messages, Records>;

/// What the roles are told when they are set up.
struct Settings : Options {
  kit::Services services{};
  sim::NodeId manager = sim::no_node;  ///< as published, there is none
  sim::Duration patience{};  ///< how long the initiator waits for progress before it asks to abort
};

}  // namespace indoubt::tcc
