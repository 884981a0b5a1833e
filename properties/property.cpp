#include "properties/property.hpp"

#include <array>

namespace indoubt::properties {
namespace {

constexpr std::array<std::string_view, property_count> names{
    "atomicity",          "agreement",      "stability",    "validity",
    "non-triviality",     "termination",    "non-blocking", "truthful-reply",
    "reservation-expiry", "exclusive-hold", "no-leak",      "conservation",
    "durability",         "no-loss",        "no-ghost",     "exactly-once",
    "per-key-order",      "isolation"};

constexpr PropertyDoc doc(Property property, std::string_view text) {
  return {property, names[index_of(property)], text};
}

constexpr std::array docs{
    doc(Property::atomicity, "At rest every order has all of its effects or none."),
    doc(Property::agreement, "No two nodes that decide an order decide differently (AC1)."),
    doc(Property::stability, "No node reverses its decision (AC2)."),
    doc(Property::validity, "Commit is decided only if every service voted yes (AC3)."),
    doc(Property::non_triviality,
        "Without faults, losses, refusals and timeouts, and with all votes yes, an order commits "
        "(AC4)."),
    doc(Property::termination,
        "At rest every node that is up and has voted yes has decided or learnt the outcome (AC5)."),
    doc(Property::non_blocking,
        "While a node of an order is down, no other stays in doubt longer than limits.blocked."),
    doc(Property::truthful_reply,
        "Placed means all units assigned, for ever; not placed means that nothing stays taken."),
    doc(Property::reservation_expiry,
        "A hold ends by its expiry, give or take its clock's error, and is not assigned after it."),
    doc(Property::exclusive_hold,
        "A unit has one live holder, and an order assigns only its own, live hold."),
    doc(Property::no_leak,
        "At rest no unit is held, and none is assigned to an order that was not placed."),
    doc(Property::conservation, "Units are neither made nor lost."),
    doc(Property::durability, "What was acknowledged survives every crash."),
    doc(Property::no_loss, "At rest every committed order has taken effect at its services."),
    doc(Property::no_ghost, "At rest no order that nobody has committed has taken effect."),
    doc(Property::exactly_once, "The message about an order takes effect at a service once."),
    doc(Property::per_key_order,
        "Messages take effect at a service in the order in which their orders were committed."),
    doc(Property::isolation,
        "There are no dirty reads, lost updates and fuzzy reads between orders."),
};

constexpr std::array<std::string_view, 3> verdict_names{"holds", "violated", "unknown"};

}  // namespace

std::span<const PropertyDoc> property_docs() { return docs; }

std::string_view name_of(Property property) { return names[index_of(property)]; }

std::string_view name_of(Verdict verdict) {
  return verdict_names[static_cast<std::size_t>(verdict)];
}

std::optional<Property> property_named(std::string_view name) {
  for (std::size_t i = 0; i < property_count; ++i) {
    if (names[i] == name) return static_cast<Property>(i);
  }
  return std::nullopt;
}

}  // namespace indoubt::properties
