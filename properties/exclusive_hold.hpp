#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Exclusive hold: a unit has one live holder, and an order assigns only its own, live hold. A hold
/// is live while its node's clock reads less than its expiry; one that is not may be taken over
/// without a word. An order that never held anything at a service may assign a free unit there: a
/// saga's step does. Judged at each append, whatever becomes of the record.
/// Source: fencing by generation, as in Gray and Cheriton, "Leases", 1989.
struct ExclusiveHold {
  static constexpr std::array reasons{
      ReasonDecl{Reason::taken_while_held, "taken while held",
                 "{node} gave it unit {unit} at {at}, which order {order} had since {since}"},
      ReasonDecl{Reason::assigned_without_hold, "assigned without hold",
                 "{node} assigned unit {unit} to it at {at}, which it did not hold"},
      ReasonDecl{Reason::assigned_dead_hold, "assigned a dead hold",
                 "{node} assigned unit {unit} to it at {at}, when its hold of {since} had run out"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::exclusive_hold,
      .name = "exclusive-hold",
      .doc = "A unit has one live holder, and an order assigns only its own, live hold.",
      .reasons = reasons,
  };

  void judge(const UnitChange& change, const Ledger& ledger, Report& report) const;
  static bool applies_to(const JudgeSetup& setup) { return setup.family_holds; }

  bool operator==(const ExclusiveHold&) const = default;
};

}  // namespace indoubt::properties
