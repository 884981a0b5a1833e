#pragma once

#include "properties/ledger.hpp"
#include "properties/run_end.hpp"

namespace indoubt::properties {

/// A run's end as the properties see it.
struct Closing {
  bool is_at_rest = false;          ///< what is owed at rest can be judged
  bool is_nothing_pending = false;  ///< nothing more would ever happen
  bool is_cut_short = false;        ///< by the bound on events
  bool is_disturbed = false;
  sim::TrueTime at{};
  /// Until when the state at the end lasts: for ever, if nothing is pending.
  sim::TrueTime horizon{};
  /// A node that is down and without which orders cannot finish, or `no_node`.
  sim::NodeId debtor = sim::no_node;
};

/// How the contract reads the end of this run.
Closing close(const Ledger& ledger, const RunEnd& end);

}  // namespace indoubt::properties
