#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Quiescence: with all nodes up and all faults over, the run comes to rest. Nobody asks, tells or
/// repairs for ever. While a node is down for good it is not judged: whoever waits for it may ask.
/// Source: the stopping condition of crash-recovery protocols; Aguilera, Chen, Toueg, "Heartbeat: a
/// timeout-free failure detector for quiescent reliable communication", 1997, call it so.
struct Quiescence {
  static constexpr std::array reasons{
      ReasonDecl{Reason::never_rests, "never rests",
                 "{node} still has its timer {kind} armed at {at}, although nothing has come of it "
                 "for long"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::quiescence,
      .name = "quiescence",
      .doc = "With all nodes up and all faults over, the run comes to rest.",
      .reasons = reasons,
      .needs = Needs::rest,
  };

  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;

  bool operator==(const Quiescence&) const = default;
};

}  // namespace indoubt::properties
