#include "properties/closing.hpp"

#include <algorithm>

namespace indoubt::properties {

PropertySet cut_short_by(const Closing& closing, const JudgeSetup& setup) {
  PropertySet set;
  if (!closing.is_at_rest) {
    set.add(Property::atomicity);
    set.add(Property::truthful_reply);
    set.add(Property::no_leak);
    set.add(Property::durability);
    if (setup.family_decides) set.add(Property::termination);
    if (setup.family_publishes) set.add(Property::no_loss);
    if (setup.family_publishes) set.add(Property::no_ghost);
  }
  // These measure time, so they judge what there was of it, but not a run that stopped half-way.
  if (closing.is_cut_short) {
    set.add(Property::non_blocking);
    set.add(Property::reservation_expiry);
  }
  return set;
}

Closing close(const Ledger& ledger, const RunEnd& end) {
  const JudgeSetup& setup = ledger.layout().setup;
  const sim::Limits& limits = setup.limits;
  // A run that is stopped with retries pending counts as at rest if it had the time to recover
  // after the last fault. One in which nothing is pending any more needs no such grace. Where
  // clients or a disk keep others waiting, it is not retries that are pending.
  const bool had_time = limits.sim_time - limits.quiet_after >= 10 * setup.longest_timeout;
  Closing closing;
  closing.is_nothing_pending = end.reason == RunEnd::Reason::rest;
  const bool is_waiting = end.clients_waiting || end.disk_busy > setup.longest_timeout;
  closing.is_at_rest = closing.is_nothing_pending ||
                       (end.reason == RunEnd::Reason::time && !is_waiting && had_time);
  closing.is_cut_short = end.reason == RunEnd::Reason::events;
  closing.is_disturbed = end.disturbed;
  closing.at = end.at;
  closing.horizon = closing.is_nothing_pending ? std::max(end.at, limits.sim_time) : end.at;
  closing.debtor = ledger.nodes().debtor();
  return closing;
}

}  // namespace indoubt::properties
