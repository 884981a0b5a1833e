#pragma once

#include <array>

#include "properties/moments.hpp"
#include "properties/property.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {

/// Reservation expiry: (a) a hold that is not assigned is free by true time of hold + its time to
/// live + its clock's error + one sweep + 1s, where the error is the clock's drift over the hold's
/// life plus its jumps, both without sign, and where time in which the node was down or paused, or
/// waited for a force longer than is prompt (it can write nothing then), does not count; (b) no
/// hold is assigned by an append at which its node's clock reads its expiry or later. Holds without
/// an expiry are not judged. Source: Gray and Cheriton, "Leases", 1989 (expiry by the holder's
/// clock, and its error). (b) and a hold that ended too late are violations at once; one that is
/// still there at rest may be owed.
struct ReservationExpiry {
  static constexpr std::array reasons{
      ReasonDecl{Reason::freed_late, "freed late",
                 "{node} held unit {unit} from {since} until {at}, longer than its expiry allows"},
      ReasonDecl{Reason::never_freed, "never freed",
                 "{node} has held unit {unit} since {since}, past its expiry"},
      ReasonDecl{Reason::assigned_after_expiry, "assigned after expiry",
                 "{node} assigned unit {unit} at {at}, when its clock had reached the hold's "
                 "expiry"},
  };
  static constexpr PropertyDecl decl{
      .property = Property::reservation_expiry,
      .name = "reservation-expiry",
      .doc =
          "A hold ends by its expiry, give or take its clock's error, and is not assigned "
          "after it.",
      .reasons = reasons,
      .needs = Needs::rest,
  };

  void judge(const UnitChange& change, const Ledger& ledger, Report& report) const;
  /// Judges the holds that remain.
  void judge(const Closing& closing, const Ledger& ledger, Report& report) const;
  static bool applies_to(const JudgeSetup& setup) { return setup.family_expires; }

  bool operator==(const ReservationExpiry&) const = default;
};

}  // namespace indoubt::properties
