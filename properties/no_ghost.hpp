#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// No effect without a committed change: at rest, what took effect at a consumer was committed.
struct NoGhost {
  static constexpr std::array reasons{
      ReasonDecl{Reason::applied_uncommitted, "applied though not committed",
                 "its message took effect at {node} at {since}, although nobody has committed it"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::no_ghost,
      .name = "no-ghost",
      .doc = "At rest no order that nobody has committed has taken effect.",
      .reasons = reasons,
      .needs = Needs::rest,
  };

  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;
  static bool applies_to(const JudgeSetup& setup) { return setup.has_consumers(); }

  bool operator==(const NoGhost&) const = default;
};

}  // namespace indoubt::properties
