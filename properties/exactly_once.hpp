#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Each message takes effect once. An effect counts when it is durable: one that a crash loses may
/// be made again.
struct ExactlyOnce {
  static constexpr std::array reasons{
      ReasonDecl{Reason::applied_twice, "applied twice",
                 "its message took effect at {node} at {since}, and once more at {at}"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::exactly_once,
      .name = "exactly-once",
      .doc = "The message about an order takes effect at each of its consumers once.",
      .reasons = reasons,
  };

  void judge(const NewEffect& effect, const Ledger& ledger, Report& report) const;
  void judge(const NewHearing& hearing, const Ledger& ledger, Report& report) const;
  static bool applies_to(const JudgeSetup& setup) { return setup.has_consumers(); }

  bool operator==(const ExactlyOnce&) const = default;
};

}  // namespace indoubt::properties
