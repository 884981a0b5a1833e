#include "properties/closing.hpp"

#include <algorithm>

namespace indoubt::properties {

Closing closing_of(const Ledger& ledger, const RunEnd& end) {
  Closing closing;
  closing.is_at_rest = end.reason == sim::EndReason::rest || end.reason == sim::EndReason::still;
  closing.is_still = end.reason == sim::EndReason::still;
  closing.backlog = end.backlog;
  closing.at = end.at;
  const sim::TrueTime sim_time = ledger.layout().setup.limits.sim_time;
  closing.horizon = closing.is_at_rest ? std::max(end.at, sim_time) : end.at;
  return closing;
}

}  // namespace indoubt::properties
