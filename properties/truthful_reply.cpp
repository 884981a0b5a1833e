#include "properties/truthful_reply.hpp"

namespace indoubt::properties {
namespace {

using sim::OrderId;

Finding start(OrderId order, Reason reason) {
  Finding finding;
  finding.property = Property::truthful_reply;
  finding.order = order;
  finding.reason = reason;
  return finding;
}

void judge_placed(const Ledger& ledger, OrderId order, const Closing& closing, Report& report) {
  const std::size_t lacks = ledger.first_lacking(order);
  if (lacks == ledger.layout().service_count) return report.check(Property::truthful_reply);
  Finding finding = start(order, Reason::placed_not_assigned);
  finding.node = ledger.layout().services[lacks].node;
  finding.at = closing.at;
  finding.since = ledger.order(order).placed;
  report.leave_unmet(finding);
}

void judge_not_placed(const Ledger& ledger, OrderId order, Report& report) {
  for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
    const Claim& claim = ledger.claim(order, service);
    if (claim.taken() == 0) continue;
    Finding finding = start(order, Reason::not_placed_but_taken);
    finding.node = ledger.layout().services[service].node;
    finding.at = claim.changed;
    finding.since = ledger.order(order).not_placed;
    finding.outcome = claim.assigned != 0 ? sim::Outcome::commit : sim::Outcome::abort;
    return report.leave_unmet(finding);
  }
  report.check(Property::truthful_reply);
}

}  // namespace

void TruthfulReply::judge(const StoredChange& change, const Ledger& ledger, Report& report) const {
  const Pending& entry = change.entry;
  if (!entry.takes_back) return;
  Finding finding = start(entry.unit_before.order, Reason::placed_taken_back);
  finding.node = entry.node;
  finding.other_order = entry.order;
  finding.at = entry.at;
  finding.unit = entry.unit - ledger.layout().services[entry.service].first_unit;
  report.violate(finding);
}

void TruthfulReply::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const OrderId order{i};
    const OrderRow& row = ledger.order(order);
    const bool is_told_placed = row.placed != not_yet;
    const bool is_told_not_placed = row.not_placed != not_yet;
    if (is_told_placed && is_told_not_placed) {
      Finding finding = start(order, Reason::told_both);
      finding.at = row.not_placed;
      finding.since = row.placed;
      report.violate(finding);
    } else if (closing.is_at_rest && is_told_placed) {
      judge_placed(ledger, order, closing, report);
    } else if (closing.is_at_rest && is_told_not_placed) {
      judge_not_placed(ledger, order, report);
    }
  }
}

}  // namespace indoubt::properties
