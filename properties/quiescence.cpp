#include "properties/quiescence.hpp"

namespace indoubt::properties {

void Quiescence::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  if (!closing.is_at_rest || ledger.requested() == 0) return;
  if (ledger.nodes().first_down() != sim::no_node) return;
  report.check(Property::quiescence);
  if (!closing.is_still) return;
  Finding finding;
  finding.property = Property::quiescence;
  finding.reason = Reason::never_rests;
  finding.order = closing.backlog.next_order;
  finding.node = closing.backlog.next_node;
  finding.kind = closing.backlog.next_timer;
  finding.at = closing.at;
  report.violate(finding);
}

}  // namespace indoubt::properties
