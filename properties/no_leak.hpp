#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// No leak: at rest no unit is held, locked or prepared, and none is assigned to an order that has
/// not all its units assigned, or whose client was told "not placed". An order whose client knows
/// nothing may be wholly assigned. A dead node's units are judged by what its disk holds.
/// Source: the resource claims of reserve/assign, sagas and TCC: nothing stays taken for nobody.
struct NoLeak {
  static constexpr std::array reasons{
      ReasonDecl{Reason::leaked_hold, "leaked hold",
                 "{node} has held unit {unit} for it since {since}, and nothing will free it"},
      ReasonDecl{Reason::leaked_lock, "leaked lock",
                 "{node} has locked unit {unit} for it in memory, and nothing will unlock it"},
      ReasonDecl{
          Reason::leaked_part, "leaked part",
          "{node} has assigned unit {unit} to it (at {since}), but it has not all its units"},
      ReasonDecl{Reason::leaked_not_placed, "leaked although not placed",
                 "{node} has assigned unit {unit} to it (at {since}), but the client was told not "
                 "placed"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::no_leak,
      .name = "no-leak",
      .doc =
          "At rest no unit is held or locked, and none is assigned to an order that was not "
          "placed.",
      .reasons = reasons,
      .needs = Needs::rest,
  };

  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;

  bool operator==(const NoLeak&) const = default;
};

}  // namespace indoubt::properties
