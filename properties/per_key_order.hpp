#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Messages with one key take effect in the order in which what they tell of was committed. The key
/// is the service: it is its stock that they change.
struct PerKeyOrder {
  static constexpr std::array reasons{
      ReasonDecl{Reason::applied_out_of_order, "applied out of order",
                 "its message took effect at {node} at {at}, after that of order {order}, which "
                 "was committed later"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::per_key_order,
      .name = "per-key-order",
      .doc = "Messages take effect at a service in the order in which their orders were committed.",
      .reasons = reasons,
  };

  void judge(const NewEffect& effect, const Ledger& ledger, Report& report) const;
  static bool applies_to(const JudgeSetup& setup) { return setup.family_publishes; }

  bool operator==(const PerKeyOrder&) const = default;
};

}  // namespace indoubt::properties
