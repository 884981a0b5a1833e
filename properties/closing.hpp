#pragma once

#include "properties/ledger.hpp"
#include "properties/property.hpp"
#include "properties/run_end.hpp"

namespace indoubt::properties {

/// A run's end as the properties see it.
struct Closing {
  bool is_at_rest = false;          ///< what is owed at rest can be judged
  bool is_nothing_pending = false;  ///< nothing more would ever happen
  bool is_cut_short = false;        ///< by the bound on events
  bool is_disturbed = false;
  sim::TrueTime at{};
  /// Until when what is so at the end stays so: a run with nothing pending stays as it is.
  sim::TrueTime horizon{};
  /// A node that is down and without which orders cannot finish, or `no_node`.
  sim::NodeId debtor = sim::no_node;
};

/// What the run's end leaves unknown, unless it is violated already. What the family does not promise
/// at all is not left open by anything.
PropertySet cut_short_by(const Closing& closing, const JudgeSetup& setup);

/// How the contract reads the end of this run.
Closing close(const Ledger& ledger, const RunEnd& end);

}  // namespace indoubt::properties
