#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Fulfilment: an order that nothing hindered is placed, and its client told so before it gives up.
/// It is AC4 (Bernstein, Hadzilacos, Goodman, 1987, ch. 7) for families of every kind: without it,
/// whoever does nothing does nothing wrong.
struct Fulfilment {
  static constexpr std::array reasons{
      ReasonDecl{Reason::refused_without_cause, "not placed without cause",
                 "its client was told not placed at {at}, although nothing hindered it since its "
                 "request at {since}"},
      ReasonDecl{Reason::never_answered, "never answered",
                 "its client has had no answer since {since}, although nothing hindered it"},
      ReasonDecl{Reason::answered_late, "answered late",
                 "its client was told placed at {at}, after it had given up, although nothing "
                 "hindered it since its request at {since}"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::fulfilment,
      .name = "fulfilment",
      .doc = "An order that nothing hinders is placed, and its client told so before it gives up.",
      .reasons = reasons,
      .needs = Needs::rest,
  };

  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;

  bool operator==(const Fulfilment&) const = default;
};

}  // namespace indoubt::properties
