#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Stability (AC2): a node cannot reverse its decision.
/// Source: Bernstein, Hadzilacos, Goodman, "Concurrency Control and Recovery", 1987, ch. 7.
/// What counts as a decision is said at agreement.
struct Stability {
  static constexpr std::array reasons{
      ReasonDecl{Reason::decision_reversed, "decision reversed",
                 "{node} decided {outcome} at {at} after it had decided {opposite} at {since}"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::stability,
      .name = "stability",
      .doc = "No node reverses its decision (AC2).",
      .reasons = reasons,
  };

  /// Judges a final decision against an earlier one of the same node.
  void judge(const Decision& decision, const Ledger& ledger, Report& report) const;
  static bool applies_to(const JudgeSetup& setup) { return setup.family_decides; }

  bool operator==(const Stability&) const = default;
};

}  // namespace indoubt::properties
