#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "properties/property.hpp"
#include "properties/setup.hpp"
#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/history.hpp"

namespace indoubt::properties {

/// All reasons, by property.
enum class Reason : std::uint8_t {
  partly_assigned,  ///< atomicity
  short_of_units,
  assigned_too_much,
  deciders_differ,      ///< agreement
  decision_reversed,    ///< stability
  commit_without_yes,   ///< validity
  abort_without_cause,  ///< non-triviality
  never_committed,
  refused_without_cause,  ///< fulfilment
  never_answered,
  answered_late,
  never_rests,         ///< quiescence
  refused_with_units,  ///< truthful-refusal
  waits,               ///< termination
  must_block,
  stuck,
  unreported,
  blocked_too_long,     ///< non-blocking
  placed_not_assigned,  ///< truthful-reply
  placed_taken_back,
  not_placed_but_taken,
  told_both,
  freed_late,  ///< reservation-expiry
  never_freed,
  assigned_after_expiry,
  taken_while_held,  ///< exclusive-hold
  assigned_without_hold,
  assigned_dead_hold,
  leaked_hold,  ///< no-leak
  leaked_lock,
  leaked_part,
  leaked_not_placed,
  unknown_unit,  ///< conservation
  freed_without_having,
  expired_though_assigned,
  assigned_twice,
  vote_forgotten,  ///< durability
  assignment_forgotten,
  decision_forgotten,
  never_applied,         ///< no-loss
  applied_uncommitted,   ///< no-ghost
  applied_twice,         ///< exactly-once
  applied_out_of_order,  ///< per-key-order
  dirty_read,            ///< isolation
  fuzzy_read,
  lost_update,
  handler_threw,  ///< no-failure
  expectation_failed,
  replay_threw,
  time_stands_still,
  own,  ///< of any property of a program's own
};

inline constexpr std::size_t reason_count = static_cast<std::size_t>(Reason::own) + 1;

static_assert(reason_count <= 64, "sets of reasons are words");

/// "must block", "deciders differ", ...
std::string_view name_of(Reason reason);

/// One violation, as data. What `other` and `since` mean depends on the reason; see `describe`.
struct Finding {
  Property property = Property::atomicity;
  Reason reason = Reason::partly_assigned;
  sim::OrderId order = sim::no_order;
  sim::OrderId other_order = sim::no_order;
  sim::NodeId node = sim::no_node;
  sim::NodeId other = sim::no_node;
  sim::TrueTime at{};
  sim::TrueTime since{};
  std::uint32_t unit = 0;                      ///< of a failure or a sentence, its number
  std::uint32_t item = 0;                      ///< of the service's stock
  sim::Kind kind = 0;                          ///< of a timer, or of what was handled
  sim::Outcome outcome = sim::Outcome::abort;  ///< of a decision
  bool operator==(const Finding&) const = default;
};

/// The sentence that tells it: "order 118: store assigned its unit at 4.812s, but ...". `text` is
/// what failed code says of itself, or a property of one's own.
std::string describe(const Finding& finding, const JudgeSetup& setup, std::string_view text = {});

}  // namespace indoubt::properties
