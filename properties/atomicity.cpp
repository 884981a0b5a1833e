#include "properties/atomicity.hpp"

namespace indoubt::properties {
namespace {

void judge_atomicity_of(const Ledger& ledger, sim::OrderId order, const Closing& closing,
                        Report& report) {
  const std::size_t services = ledger.layout().service_count;
  const std::size_t has = ledger.first_assigned(order);
  if (has == services && ledger.order(order).requested == not_yet) return;
  if (has == services) return report.check(Property::atomicity);
  const std::size_t lacks = ledger.first_lacking(order);
  const std::size_t excess = ledger.first_excess(order);
  if (lacks == services && excess == services) return report.check(Property::atomicity);
  Finding finding;
  finding.property = Property::atomicity;
  finding.reason = lacks == services ? Reason::assigned_too_much : Reason::partly_assigned;
  finding.order = order;
  const std::size_t at = lacks == services ? excess : has;
  finding.node = ledger.layout().services[at].node;
  if (lacks != services) finding.other = ledger.layout().services[lacks].node;
  finding.since = ledger.claim(order, at).changed;
  finding.at = closing.at;
  report.leave_unmet(finding);
}

}  // namespace

void Atomicity::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  if (!closing.is_at_rest) return;
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    judge_atomicity_of(ledger, sim::OrderId{i}, closing, report);
  }
}

}  // namespace indoubt::properties
