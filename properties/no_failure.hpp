#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// No failure: the code of no role fails. A process that does stops for good, as one that lets an
/// exception out does; whoever is left behind may owe the rest. The protocols that come with
/// indoubt cannot violate it but by a mistake that is planted: if they fail, that is a bug in
/// indoubt.
struct NoFailure {
  static constexpr std::array reasons{
      ReasonDecl{Reason::handler_threw, "handler threw",
                 "{node} failed at {at} while it handled {kind}: {text}"},
      ReasonDecl{Reason::expectation_failed, "expectation failed",
                 "{node} failed at {at} while it handled {kind}: it is not so that {text}"},
      ReasonDecl{Reason::replay_threw, "replay threw",
                 "{node} failed at {at} while it replayed its log: {text}"},
      ReasonDecl{Reason::time_stands_still, "time stands still",
                 "{node} handles {kind} at {at} again and again, and time does not pass"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::no_failure,
      .name = "no-failure",
      .doc =
          "No handler fails: none throws, breaks what its author expects, or goes on without end "
          "at one instant.",
      .reasons = reasons,
  };

  void judge(const CodeFailure& failure, const Ledger& ledger, Report& report) const;
  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;

  static bool applies_to(const JudgeSetup& setup) { return setup.family_may_fail; }

  bool operator==(const NoFailure&) const = default;
};

}  // namespace indoubt::properties
