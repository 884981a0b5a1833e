#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Termination (AC5 with the failures that remain): at rest every node that is up and bound to a
/// yes for an order has decided it. Where nobody votes: every service that is up and has taken a
/// step has let go of it, or has it assigned to an order that was decided commit. Source:
/// Bernstein, Hadzilacos, Goodman, "Concurrency Control and Recovery", 1987, ch. 7; the reasons
/// follow its cooperative termination protocol. *Stuck*: somebody who is up has decided, or is
/// bound to nothing and may abort, or those who are up could settle it together. *Must block*: they
/// could not, so no protocol of this family could do better. *Waits*: the family knows no way to
/// settle it without who decides. Cuts are over by then. Nobody is excused.
///
/// Besides, a service that has decided by itself (heuristically) owes it to who decides to say so:
/// at rest that is on record if both are up. Source: X/Open, "Distributed Transaction Processing:
/// The XA Specification", 1991, xa_forget.
struct Termination {
  static constexpr std::array reasons{
      ReasonDecl{Reason::waits, "waits",
                 "{node} has been in doubt since {since} and waits for {other}, which is down"},
      ReasonDecl{Reason::must_block, "must block",
                 "{node} has been in doubt since {since} and must block: it waits for {other}, "
                 "which is down"},
      ReasonDecl{Reason::stuck, "stuck",
                 "{node} has been in doubt since {since} and is stuck, although {other} is up and "
                 "could end it"},
      ReasonDecl{Reason::unreported, "unreported",
                 "{node} has decided by itself at {since}, and {other}, which decides, has no "
                 "record of that"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::termination,
      .name = "termination",
      .doc =
          "At rest every node that is up and has voted yes has decided or learnt the outcome "
          "(AC5), and who decides knows of those that decided by themselves.",
      .reasons = reasons,
      .needs = Needs::rest,
  };

  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;
  static bool applies_to(const JudgeSetup& setup) { return setup.family_decides; }

  bool operator==(const Termination&) const = default;
};

}  // namespace indoubt::properties
