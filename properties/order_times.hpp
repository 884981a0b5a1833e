#pragma once

#include "properties/ledger.hpp"

namespace indoubt::properties {

/// When those whom an order concerns knew what became of it.
struct OrderTimes {
  sim::TrueTime requested = not_yet;
  sim::TrueTime answered = not_yet;  ///< the client got its first answer, however late
  /// The last service had all that it will have of the order, or had given it back; never while one
  /// is in doubt, holds a unit, or has its part where another one lacks its own.
  sim::TrueTime settled = not_yet;
  bool is_placed = false;      ///< that was the answer
  bool met_a_service = false;  ///< some service had to do with it; otherwise there is nothing to
                               ///< settle
};

/// Of an order that was requested, as the facts of its run stand.
OrderTimes times_of(const Ledger& ledger, sim::OrderId order);

}  // namespace indoubt::properties
