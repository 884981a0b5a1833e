#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Non-triviality (AC4): without failures, and with all votes yes, the decision is commit.
/// Source: Bernstein, Hadzilacos, Goodman, "Concurrency Control and Recovery", 1987, ch. 7.
/// Whether anything failed is what `fulfilment` asks, too: an order that nothing hindered commits.
/// That a vote is missing is no excuse, if nothing kept it back.
struct NonTriviality {
  static constexpr std::array reasons{
      ReasonDecl{Reason::abort_without_cause, "abort without cause",
                 "{node} decided abort at {at}, although nothing hindered the order since its "
                 "request at {since}"},
      ReasonDecl{Reason::never_committed, "never committed",
                 "nobody has decided, although nothing hindered the order since its request at "
                 "{since}"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::non_triviality,
      .name = "non-triviality",
      .doc = "An order that nothing hinders, and that no service refuses, commits (AC4).",
      .reasons = reasons,
      .needs = Needs::rest,
  };

  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;
  static bool applies_to(const JudgeSetup& setup) {
    return setup.family_votes && setup.family_decides;
  }

  bool operator==(const NonTriviality&) const = default;
};

}  // namespace indoubt::properties
