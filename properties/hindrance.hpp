#pragma once

#include <cstdint>
#include <string_view>

#include "properties/ledger.hpp"

namespace indoubt::properties {

/// What kept an order from going as it should, as far as it was not the protocol.
enum class Hindrance : std::uint8_t {
  none,
  declined,   ///< a service declined it, for reasons of business
  scarce,     ///< a service had too few units for it
  struck,     ///< a message about it was lost, damaged, copied or delayed
  trouble,    ///< something was wrong with a node
  late,       ///< a message about it, a force, or work took long against the family's timeouts
  cancelled,  ///< its client changed its mind
  poison,     ///< a service could not handle the message that asked it for its part
};

inline constexpr std::size_t hindrance_count = static_cast<std::size_t>(Hindrance::poison) + 1;

/// "out of stock", "declined", ...
std::string_view name_of(Hindrance hindrance);

/// Until when an order can be hindered from being placed in time: its client gets an answer, or
/// gives up. What strikes later is no excuse.
sim::TrueTime answer_due(const Ledger& ledger, sim::OrderId order);

/// Whether a message about an order, a force, or a node with its work was late from its request
/// until then, whatever else hindered it.
bool was_late(const Ledger& ledger, sim::OrderId order, sim::TrueTime until);

/// What hindered an order from its request until then: its client, or else the first of the list
/// that applies. An order that nothing hindered must be placed.
Hindrance hindrance_of(const Ledger& ledger, sim::OrderId order, sim::TrueTime until);

}  // namespace indoubt::properties
