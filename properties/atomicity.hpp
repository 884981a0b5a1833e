#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Atomicity: at rest every order has all of its effects or none; what was compensated counts as
/// none. An effect is an assigned unit; having more units than it takes is not "all" either.
/// Source: Gray and Reuter, "Transaction Processing", 1.2 (all or nothing), judged at rest as in
/// Garcia-Molina and Salem, "Sagas", 1987. What the return of a lost node would put right is owed.
struct Atomicity {
  static constexpr std::array reasons{
      ReasonDecl{Reason::partly_assigned, "partly assigned",
                 "{node} has assigned its units (at {since}), but {other} has not"},
      ReasonDecl{Reason::short_of_units, "short of units",
                 "{node} has assigned some of its units (at {since}), but lacks a unit of {item}"},
      ReasonDecl{Reason::assigned_too_much, "assigned too much",
                 "{node} has assigned more units than the order takes, the last at {since}"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::atomicity,
      .name = "atomicity",
      .doc = "At rest every order has all of its effects or none.",
      .reasons = reasons,
      .needs = Needs::rest,
  };

  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;

  bool operator==(const Atomicity&) const = default;
};

}  // namespace indoubt::properties
