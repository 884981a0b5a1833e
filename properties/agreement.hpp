#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Agreement (AC1): all nodes that reach a decision on an order reach the same one.
/// Source: Bernstein, Hadzilacos, Goodman, "Concurrency Control and Recovery", 1987, ch. 7.
/// A decision in a record counts once the record is durable, or when the run ends without having
/// lost it: one that a crash loses was none. Presumed answers are no decisions at all.
struct Agreement {
  static constexpr std::array reasons{
      ReasonDecl{Reason::deciders_differ, "deciders differ",
                 "{node} decided commit at {at}, but {other} decided abort at {since}"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::agreement,
      .name = "agreement",
      .doc = "No two nodes that decide an order decide differently (AC1).",
      .reasons = reasons,
  };

  /// Judges a final decision against those that the ledger has of other nodes.
  void judge(const Decision& decision, const Ledger& ledger, Report& report) const;
  static bool applies_to(const JudgeSetup& setup) { return setup.several_decide; }

  bool operator==(const Agreement&) const = default;
};

}  // namespace indoubt::properties
