#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/world/history.hpp"

namespace indoubt::properties {

/// Why a service may refuse an order.
enum class RefusalCause : std::uint8_t {
  none,      ///< it had no cause
  declined,  ///< by its draw, for reasons of business
  scarce,    ///< it had too few units
  full,      ///< its disk had no room
};

/// A time that means "not yet".
inline constexpr sim::TrueTime not_yet = sim::never;

/// One unit of a service's stock: a row that one order can have.
struct UnitRow {
  enum class State : std::uint8_t { free, held, assigned };

  sim::OrderId order = sim::no_order;  ///< who has it
  std::uint32_t generation = 0;        ///< of the hold
  sim::ClockTime expires = sim::no_expiry;
  sim::TrueTime since{};       ///< when it became held, or assigned
  sim::Duration ttl{};         ///< of the hold, by the node's clock
  sim::Duration grace_from{};  ///< the node's grace (`Nodes::grace`) when it became held
  State state = State::free;
  bool is_touched = false;  ///< it was in a fact of this run

  bool is_held_by(sim::OrderId who) const { return state == State::held && order == who; }
  bool is_assigned_to(sim::OrderId who) const { return state == State::assigned && order == who; }
  bool has_expiry() const { return expires != sim::no_expiry; }
  bool operator==(const UnitRow&) const = default;
};

/// What one order has at one service, by what the service's log says: a crash may undo it.
struct Claim {
  std::uint16_t held = 0;
  std::uint16_t assigned = 0;
  std::uint16_t displaced = 0;  ///< holds that ran out or went to another order, not taken anew
  bool has_held = false;
  bool is_prepared = false;  ///< it wrote down what binds it to a yes
  bool has_decided = false;
  bool has_changed = false;     ///< its units, ever
  sim::TrueTime changed{};      ///< when they did last
  sim::TrueTime decided{};      ///< when it decided
  sim::Duration doubt_until{};  ///< the service's exposure then

  std::uint32_t taken() const { return std::uint32_t{held} + assigned; }
  bool operator==(const Claim&) const = default;
};

/// What no crash undoes about one order at one service.
struct Pledge {
  sim::TrueTime voted_yes = not_yet;
  sim::TrueTime in_doubt = not_yet;         ///< since when: it prepared, or voted yes
  sim::Duration doubt_from{};               ///< the service's exposure then
  sim::TrueTime assignment_lost = not_yet;  ///< by a crash, and not made again
  sim::TrueTime told{};                     ///< when it last told anybody anything, by its crash
  sim::TrueTime served = not_yet;           ///< when it first got units, if only in memory
  sim::TrueTime guessed = not_yet;          ///< when it decided by itself, for good
  bool is_noted = false;                    ///< and who decides has that on record
  bool operator==(const Pledge&) const = default;
};

/// What the message about one order did at one consumer, as far as it is durable.
struct Effect {
  sim::TrueTime first = not_yet;  ///< when it took effect
  std::uint32_t times = 0;        ///< it did

  void take(sim::TrueTime at) {
    if (times++ == 0) first = at;
  }
  bool operator==(const Effect&) const = default;
};

/// The order committed last of those that took effect at a service.
struct NewestEffect {
  sim::OrderId order = sim::no_order;
  std::uint32_t commit_number = 0;
  bool operator==(const NewestEffect&) const = default;
};

struct Decider {
  sim::NodeId node = sim::no_node;
  sim::TrueTime at{};
  bool operator==(const Decider&) const = default;
};

/// The first two nodes that decided one way: enough to find one that is not a given node.
struct Deciders {
  Decider first{};
  Decider other{};

  void add(sim::NodeId node, sim::TrueTime at) {
    if (first.node == sim::no_node) {
      first = {node, at};
    } else if (first.node != node && other.node == sim::no_node) {
      other = {node, at};
    }
  }
  bool any() const { return first.node != sim::no_node; }
  /// One of them that is not `node`, or null.
  const Decider* besides(sim::NodeId node) const {
    const Decider& found = first.node == node ? other : first;
    return found.node == sim::no_node ? nullptr : &found;
  }
  /// The entry of `node` itself, or null.
  const Decider* by(sim::NodeId node) const {
    if (first.node == node) return &first;
    return other.node == node ? &other : nullptr;
  }
  bool operator==(const Deciders&) const = default;
};

/// What is known of an order as a whole. Nothing here is undone by a crash.
struct OrderRow {
  sim::TrueTime requested = not_yet;
  sim::TrueTime placed = not_yet;       ///< first received by the client
  sim::TrueTime not_placed = not_yet;   ///< first received by the client
  sim::TrueTime placed_sent = not_yet;  ///< first such reply that left
  std::uint16_t yes = 0;                ///< bit set of services
  std::uint16_t bound = 0;              ///< bit set of services that prepared or voted yes
  bool is_declined = false;             ///< by a service, for reasons of business
  sim::TrueTime cancelled = not_yet;    ///< when the client first said that it changed its mind
  sim::TrueTime scarce = not_yet;       ///< when a service first refused it for want of units
  sim::TrueTime struck = not_yet;       ///< when a message about it was first lost or harmed
  sim::TrueTime late = not_yet;         ///< since when one took too long
  std::uint32_t commit_number = 0;  ///< counts the orders committed before it, and itself; 0: none
  Deciders commit{};                ///< final decisions
  Deciders abort{};

  /// When the client first got an answer.
  sim::TrueTime told() const { return std::min(placed, not_placed); }
  Deciders& deciders(sim::Outcome outcome) {
    return outcome == sim::Outcome::commit ? commit : abort;
  }
  const Deciders& deciders(sim::Outcome outcome) const {
    return outcome == sim::Outcome::commit ? commit : abort;
  }
  bool operator==(const OrderRow&) const = default;
};

/// A change that lies in a record which is not durable yet, with what undoes it.
struct Pending {
  sim::TrueTime at{};
  sim::OrderId order = sim::no_order;
  std::uint32_t record = 0;
  std::uint32_t unit = no_unit;  ///< index over all services
  sim::NodeId node = sim::no_node;
  sim::FactKind kind = sim::FactKind::held;
  std::uint8_t service = 0;
  std::uint8_t value = 0;               ///< of a decision
  std::uint8_t lacks_vote_of = nobody;  ///< of a commit: a service that had not voted yes
  bool takes_back = false;    ///< it took a unit from an order whose client was told "placed"
  bool is_displaced = false;  ///< the entry restores only the claim of another order
  UnitRow unit_before{};
  Claim claim_before{};

  static constexpr std::uint32_t no_unit = 0xffff'ffff;
  static constexpr std::uint8_t nobody = 0xff;
  bool operator==(const Pending&) const = default;
};

}  // namespace indoubt::properties
