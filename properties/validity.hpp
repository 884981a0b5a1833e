#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Validity (AC3): commit is decided only if every service of the order had voted yes by then.
/// Source: Bernstein, Hadzilacos, Goodman, "Concurrency Control and Recovery", 1987, ch. 7.
/// It applies to families whose services vote.
struct Validity {
  static constexpr std::array reasons{
      ReasonDecl{Reason::commit_without_yes, "commit without yes",
                 "{node} decided commit at {at}, but {other} had not voted yes"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::validity,
      .name = "validity",
      .doc = "Commit is decided only if every service voted yes (AC3).",
      .reasons = reasons,
  };

  void judge(const Decision& decision, const Ledger& ledger, Report& report) const;
  static bool applies_to(const JudgeSetup& setup) { return setup.family_votes; }

  bool operator==(const Validity&) const = default;
};

}  // namespace indoubt::properties
