#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Every committed change takes effect at its consumers: at rest, what was committed has taken
/// effect at all services that the order takes units from, and at those who follow the same
/// messages without having units. A refusal that the service wrote down is an effect, too: the
/// message was not lost.
struct NoLoss {
  static constexpr std::array reasons{
      ReasonDecl{Reason::never_applied, "never applied",
                 "it was committed at {since}, but its message never took effect at {node}"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::no_loss,
      .name = "no-loss",
      .doc = "At rest every committed order has taken effect at all its consumers.",
      .reasons = reasons,
      .needs = Needs::rest,
  };

  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;
  static bool applies_to(const JudgeSetup& setup) { return setup.has_consumers(); }

  bool operator==(const NoLoss&) const = default;
};

}  // namespace indoubt::properties
