#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/kit/job/stock_records.hpp"
#include "protocols/kit/messaging/messages.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "protocols/saga/queues/topics.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// The orchestrated saga. What travels, what is written, and what each of them states. Sources:
/// Garcia-Molina and Salem, Sagas (1987); Richardson, Microservices Patterns (2018), chapter 4, for
/// compensatable, pivot and retriable steps; MicroProfile Long Running Actions, for `complete`.
namespace indoubt::saga {

using sim::FactKind;
using sim::Outcome;

/// Orchestrator to service: do your step. The order is the command's id: a repetition is the same
/// command.
struct Step {
  static constexpr std::string_view name = "step";
};
/// The step is done, durably, and everybody can see it.
struct StepDone {
  static constexpr std::string_view name = "step_done";
};
/// A definite failure: the step was not done, and never will be.
struct StepFailed {
  static constexpr std::string_view name = "step_failed";
};

/// Orchestrator to service: undo your step, whether it was done, failed, or is still to arrive.
struct Compensate {
  static constexpr std::string_view name = "compensate";
};
struct Compensated {
  static constexpr std::string_view name = "compensated";
};

/// Orchestrator to service, after the pivot: the step stands, what would undo it can go.
struct Complete {
  static constexpr std::string_view name = "complete";
};
struct Completed {
  static constexpr std::string_view name = "completed";
};

/// The step was tried for long enough: its result is unknown.
struct CallTimeout : sim::Timer {
  static constexpr std::string_view name = "call_timeout";
};
/// Some command was not answered.
struct ResendDue : sim::Timer {
  static constexpr std::string_view name = "resend_due";
};

/// Those of commands by call; after them what carries commands where they go by queue, and what a
/// supervisor says and hears.
using Messages =
    kit::MessagesWith<Step, StepDone, StepFailed, Compensate, Compensated, Complete, Completed,
                      CallTimeout, ResendDue, messaging::Messages<queues::Topic>,
                      messaging::RepublishDue, messaging::RedeliverDue, kit::SettlingMessages>;

/// Service: the step is done.
struct UnitsAssigned {
  static constexpr std::string_view name = "units_assigned";
  kit::UnitList units;
  void facts(sim::FactSink& sink) const { sink.change(FactKind::assigned, units); }
};
using kit::Refused;
/// Service: the step is undone, or must not be done any more.
using kit::UnitsReleased;
/// Service: the step stands for ever.
struct StepCompleted {
  static constexpr std::string_view name = "step_completed";
};

/// Orchestrator: all steps before this one are done, and it may be, from now on.
struct StepBegun {
  static constexpr std::string_view name = "step_begun";
  std::uint64_t step;  ///< position of its service
  std::string text() const { return "step " + std::to_string(step + 1); }
};
/// Orchestrator: the pivot is done. The order is placed, for ever.
struct PivotDone {
  static constexpr std::string_view name = "pivot_done";
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::commit);
  }
};
/// Orchestrator: the order is not placed, and what it took goes back.
struct Compensating {
  static constexpr std::string_view name = "compensating";
  std::uint64_t services;  ///< bit set of those whose step is or may be done
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, Outcome::abort);
  }
};
/// Orchestrator: nothing is left to do for the order.
struct End {
  static constexpr std::string_view name = "end";
};

/// Service, with semantic locks: the step is done, and may be undone; others keep off its units.
struct UnitsPending {
  static constexpr std::string_view name = "units_pending";
  kit::Hold hold;
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::held, hold.units, hold.generation, hold.expiry());
  }
};

/// Notification, on queues: the customer has been sent a confirmation.
struct ConfirmationSent {
  static constexpr std::string_view name = "confirmation_sent";
};

using Records = sim::JoinedKinds<UnitsAssigned, Refused, UnitsReleased, StepCompleted, StepBegun,
                                 PivotDone, Compensating, End, UnitsPending,
                                 messaging::BrokerRecords, ConfirmationSent, kit::SettlingRecords>;
using Context = sim::Context<Messages, Records>;

/// What the roles are told when they are set up.
struct Settings {
  kit::Services services{};  ///< in the order of their steps; the last one is the pivot
  sim::NodeId orchestrator{};
  sim::Duration call_timeout{};
  kit::Retry retry{};
};

}  // namespace indoubt::saga
