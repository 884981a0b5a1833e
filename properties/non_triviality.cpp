#include "properties/non_triviality.hpp"

#include "properties/hindrance.hpp"

namespace indoubt::properties {

void NonTriviality::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  const JudgeSetup& setup = ledger.layout().setup;
  if (!closing.is_at_rest || !setup.family_votes || !setup.family_decides) return;
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const sim::OrderId id{i};
    const OrderRow& order = ledger.order(id);
    if (order.requested == not_yet || ledger.layout().members_of(id) == 0) continue;
    // What strikes after the abort is not its cause; what strikes before it may be, also if the
    // client has its answer by then and the one who aborts does not know.
    const sim::TrueTime until = order.abort.any() ? order.abort.first.at : answer_due(ledger, id);
    if (hindrance_of(ledger, id, until) != Hindrance::none) continue;
    report.check(Property::non_triviality);
    if (!order.abort.any() && order.commit.any()) continue;
    Finding finding;
    finding.property = Property::non_triviality;
    finding.reason = order.abort.any() ? Reason::abort_without_cause : Reason::never_committed;
    finding.order = id;
    finding.node = order.abort.first.node;
    finding.at = order.abort.any() ? order.abort.first.at : closing.at;
    finding.since = order.requested;
    report.violate(finding);
  }
}

}  // namespace indoubt::properties
