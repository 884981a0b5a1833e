#pragma once

#include "properties/ledger.hpp"
#include "properties/run_end.hpp"

namespace indoubt::properties {

/// A run's end as the properties see it.
struct Closing {
  /// Nothing changes any more, so what is owed at rest can be judged: nothing is pending, or
  /// nothing but retries that bring nothing about.
  bool is_at_rest = false;
  bool is_still = false;  ///< what is pending is retries
  sim::Backlog backlog{};
  sim::TrueTime at{};
  /// Until when what is so at the end stays so, for measuring: at least to the end of the time that
  /// the scenario asked for. What is so at rest stays so for ever.
  sim::TrueTime horizon{};
};

/// How the contract reads the end of this run.
Closing closing_of(const Ledger& ledger, const RunEnd& end);

}  // namespace indoubt::properties
