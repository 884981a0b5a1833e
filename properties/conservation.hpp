#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Conservation: units are neither made nor lost: free + held + assigned stays the stock. Units are
/// numbered, so a change breaks it if it names a unit that the stock does not have, frees one that
/// its order does not have, lets a sold one expire, or sells one that is sold to somebody else.
/// Judged at each append, whatever becomes of the record.
struct Conservation {
  static constexpr std::array reasons{
      ReasonDecl{Reason::unknown_unit, "unknown unit",
                 "{node} changed unit {unit} at {at}, which its stock does not have"},
      ReasonDecl{Reason::freed_without_having, "freed without having it",
                 "{node} freed unit {unit} for it at {at}, which it did not have"},
      ReasonDecl{Reason::expired_though_assigned, "expired though assigned",
                 "{node} let unit {unit} expire at {at}, although it was assigned"},
      ReasonDecl{Reason::assigned_twice, "assigned twice",
                 "{node} assigned unit {unit} to it at {at}, while it was assigned to order "
                 "{order}"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::conservation,
      .name = "conservation",
      .doc = "Units are neither made nor lost.",
      .reasons = reasons,
  };

  void judge(const UnitChange& change, const Ledger& ledger, Report& report) const;
  /// It is checked in every run, because stock is there from the start.
  void judge(const Closing&, const Ledger&, Report& report) const {
    report.check(Property::conservation);
  }

  bool operator==(const Conservation&) const = default;
};

}  // namespace indoubt::properties
