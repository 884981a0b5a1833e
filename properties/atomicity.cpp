#include "properties/atomicity.hpp"

namespace indoubt::properties {
namespace {

Reason reason_of(std::size_t has, std::size_t lacks, std::size_t services) {
  if (lacks == services) return Reason::assigned_too_much;
  return lacks == has ? Reason::short_of_units : Reason::partly_assigned;
}

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
  finding.reason = reason_of(has, lacks, services);
  finding.order = order;
  const std::size_t at = lacks == services ? excess : has;
  finding.node = ledger.layout().services[at].node;
  if (finding.reason == Reason::partly_assigned) {
    finding.other = ledger.layout().services[lacks].node;
  } else if (finding.reason == Reason::short_of_units) {
    finding.item = ledger.first_short_item(order, has);
  }
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
