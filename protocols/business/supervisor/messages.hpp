#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/world/kinds.hpp"

/// What a transaction supervisor says and hears. A family lists these among its own messages and
/// records, and says what of its records is unfinished, who is the authority, and what settling is.
namespace indoubt::business {

/// Service to supervisor, again and again: a record of the order here is in no final state.
struct Unfinished {
  static constexpr std::string_view name = "unfinished";
  std::int64_t age;  ///< of the record, ns by the service's clock; since its restart at most
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
/// Supervisor to service: finish the order so. The order is the id of this, as of every command, so
/// what was done already is not done again.
struct Settle {
  static constexpr std::string_view name = "settle";
  std::uint64_t commits;
  std::string text() const { return commits != 0 ? "complete" : "compensate"; }
};

/// Service: time to look at what is unfinished here.
struct ReviewDue : sim::Timer {
  static constexpr std::string_view name = "review_due";
};

/// Supervisor: what it is about to do.
struct RepairIntent {
  static constexpr std::string_view name = "repair_intent";
  std::uint64_t commits;
  std::string text() const { return commits != 0 ? "complete" : "compensate"; }
};

}  // namespace indoubt::business
