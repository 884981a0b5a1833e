#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Durability: what was acknowledged survives every crash. Acknowledged are, and contradicted by a
/// crash that loses records ("lost") means:
/// - a yes vote that left: the record that binds its service was lost before it had a durable
///   decision;
/// - a decision that was sent: its node lost records since, and decided the opposite;
/// - "placed", once the answer left: an assignment was lost of which its service had told somebody,
///   and at rest it was not made again.
/// Nobody promised the rest: an unforced record without such a consequence may go, as the ABORT of
/// presumed abort and the COMMIT of presumed commit do, and so may a hold before its vote.
/// Source: Gray and Reuter, "Transaction Processing", 1993; Mohan, Lindsay, Obermarck, "Transaction
/// Management in the R* Distributed Database Management System", 1986.
struct Durability {
  static constexpr std::array reasons{
      ReasonDecl{Reason::vote_forgotten, "vote forgotten",
                 "{node} voted yes at {since}, but its crash at {at} lost what it had promised"},
      ReasonDecl{Reason::assignment_forgotten, "assignment forgotten",
                 "the answer placed left at {since}, but a crash of {node} at {at} lost the "
                 "assignment for good"},
      ReasonDecl{Reason::decision_forgotten, "decision forgotten",
                 "{node} decided {outcome} at {at}: a crash made it forget that it had decided "
                 "{opposite} at {since}"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::durability,
      .name = "durability",
      .doc = "What was acknowledged survives every crash.",
      .reasons = reasons,
      .needs = Needs::rest,
  };

  /// Something was acknowledged.
  void judge(const Acknowledgement&, const Ledger&, Report& report) const {
    report.check(Property::durability);
  }
  void judge(const Decision& decision, const Ledger& ledger, Report& report) const;
  /// Marks the assignments that a crash is about to lose.
  void judge(const Loss& loss, Ledger& ledger, Report& report) const;
  void judge(const LossUndone& loss, const Ledger& ledger, Report& report) const;
  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;

  bool operator==(const Durability&) const = default;
};

}  // namespace indoubt::properties
