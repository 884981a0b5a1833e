#include "properties/closing.hpp"

#include <algorithm>

namespace indoubt::properties {

Closing close(const Ledger& ledger, const RunEnd& end) {
  const JudgeSetup& setup = ledger.layout().setup;
  const sim::Limits& limits = setup.limits;
  // A run that is stopped with retries pending counts as at rest if it had the time to recover
  // after the last fault. A run in which nothing is pending any more needs no such grace. A run in
  // which clients or a disk keep others waiting is stopped in the middle of work, not of retries.
  const bool had_time = limits.sim_time - limits.quiet_after >= 10 * setup.longest_timeout;
  Closing closing;
  closing.is_nothing_pending = end.reason == RunEnd::Reason::rest;
  const bool is_waiting = end.clients_waiting || end.disk_busy > setup.longest_timeout;
  closing.is_at_rest =
      closing.is_nothing_pending || (end.reason == RunEnd::Reason::time && !is_waiting && had_time);
  closing.is_cut_short = end.reason == RunEnd::Reason::events;
  closing.is_disturbed = end.disturbed;
  closing.at = end.at;
  closing.horizon = closing.is_nothing_pending ? std::max(end.at, limits.sim_time) : end.at;
  closing.debtor = ledger.nodes().debtor();
  return closing;
}

}  // namespace indoubt::properties
