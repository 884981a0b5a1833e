#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Truthful refusal: a service that refuses an order for want of units has too few free ones by the
/// facts at that instant; one that declines it does so by its draw. A full disk is a want, too.
struct TruthfulRefusal {
  static constexpr std::array reasons{
      ReasonDecl{Reason::refused_with_units, "refused with units free",
                 "{node} refused it at {at}, although it had enough free units"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::truthful_refusal,
      .name = "truthful-refusal",
      .doc =
          "A service that refuses an order has too few units for it, or declines it by its draw.",
      .reasons = reasons,
  };

  void judge(const Refusal& refusal, const Ledger& ledger, Report& report) const;

  bool operator==(const TruthfulRefusal&) const = default;
};

}  // namespace indoubt::properties
