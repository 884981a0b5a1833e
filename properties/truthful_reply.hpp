#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Truthful reply: "placed" means that all units are assigned, for ever; "not placed" means that at
/// rest nothing stays taken. This is what the client was promised, whatever the services think.
/// Source: the claim of the reserve/assign pattern, "the user never sees an order placed that
/// cannot be fulfilled". An assignment may still be under way when the client hears "placed" (a
/// coordinator answers once the decision is safe), so "all assigned" is judged at rest, and may be
/// owed; that a placed order loses an assigned unit again is judged as it becomes durable, and
/// never excused. A crash that loses an assignment takes nothing back: recovery may make it again
/// until the end.
struct TruthfulReply {
  static constexpr std::array reasons{
      ReasonDecl{Reason::placed_not_assigned, "placed but not assigned",
                 "the client was told placed at {since}, but {node} has not assigned its units"},
      ReasonDecl{Reason::placed_taken_back, "placed but taken back",
                 "{node} took unit {unit} from it at {at}, although the client had been told "
                 "placed"},
      ReasonDecl{Reason::not_placed_but_taken, "not placed but taken",
                 "{node} assigned its unit at {at}, but the client was told not placed at {since}",
                 "{node} holds its unit since {at}, but the client was told not placed at {since}"},
      ReasonDecl{Reason::told_both, "told both",
                 "the client was told placed at {since}, and not placed at {at}"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::truthful_reply,
      .name = "truthful-reply",
      .doc =
          "Placed means all units assigned, for ever; not placed means that nothing stays "
          "taken.",
      .reasons = reasons,
      .needs = Needs::rest,
  };

  /// Judges a change that became durable, or that the run ended without losing.
  void judge(const StoredChange& change, const Ledger& ledger, Report& report) const;
  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;

  bool operator==(const TruthfulReply&) const = default;
};

}  // namespace indoubt::properties
