#include "protocols/properties/closing.hpp"

#include <algorithm>

namespace indoubt::properties {

Closing close(const Ledger& ledger, const RunEnd& end) {
  const JudgeSetup& setup = ledger.layout().setup;
  const sim::Limits& limits = setup.limits;
  // Liveness is owed only to runs that had the time to recover after the last fault.
  const bool had_time = limits.sim_time - limits.quiet_after >= 10 * setup.longest_timeout;
  const bool is_settled = end.reason == RunEnd::Reason::rest ||
                          (end.reason == RunEnd::Reason::time && !end.clients_waiting);
  Closing closing;
  closing.is_at_rest = had_time && is_settled;
  closing.is_nothing_pending = end.reason == RunEnd::Reason::rest;
  closing.is_cut_short = end.reason == RunEnd::Reason::events;
  closing.is_disturbed = end.disturbed;
  closing.at = end.at;
  closing.horizon = closing.is_nothing_pending ? std::max(end.at, limits.sim_time) : end.at;
  closing.debtor = ledger.nodes().debtor();
  return closing;
}

}  // namespace indoubt::properties
