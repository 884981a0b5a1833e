#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Non-triviality (AC4): without failures, and with all votes yes, the decision is commit.
/// Source: Bernstein, Hadzilacos, Goodman, "Concurrency Control and Recovery", 1987, ch. 7.
/// Also without refusals and timeouts: an order is judged only if its votes came within the
/// family's timeout, and an abort only if it came too soon to be anybody's timeout.
struct NonTriviality {
  static constexpr std::array reasons{
      ReasonDecl{Reason::abort_without_cause, "abort without cause",
                 "{node} decided abort at {at}, although nothing failed and all had voted yes by "
                 "{since}"},
      ReasonDecl{Reason::never_committed, "never committed",
                 "nobody has decided, although nothing failed and all had voted yes by {since}"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::non_triviality,
      .name = "non-triviality",
      .doc =
          "Without faults, losses, refusals and timeouts, and with all votes yes, an order "
          "commits (AC4).",
      .reasons = reasons,
  };

  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;

  bool operator==(const NonTriviality&) const = default;
};

}  // namespace indoubt::properties
