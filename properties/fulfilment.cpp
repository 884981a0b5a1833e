#include "properties/fulfilment.hpp"

#include <optional>

#include "properties/hindrance.hpp"

namespace indoubt::properties {
namespace {

std::optional<Reason> failure_of(const OrderRow& order, sim::Duration patience) {
  if (order.placed == not_yet) {
    return order.not_placed == not_yet ? Reason::never_answered : Reason::refused_without_cause;
  }
  if (order.placed - order.requested > patience) return Reason::answered_late;
  return std::nullopt;
}

}  // namespace

void Fulfilment::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  if (!closing.is_at_rest) return;
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const sim::OrderId id{i};
    const OrderRow& order = ledger.order(id);
    if (order.requested == not_yet) continue;
    if (hindrance_of(ledger, id, answer_due(ledger, id)) != Hindrance::none) continue;
    report.check(Property::fulfilment);
    const auto failure = failure_of(order, ledger.layout().setup.give_up_after);
    if (!failure) continue;
    Finding finding;
    finding.property = Property::fulfilment;
    finding.reason = *failure;
    finding.order = id;
    finding.at = order.placed != not_yet ? order.placed : order.not_placed;
    finding.since = order.requested;
    report.violate(finding);
  }
}

}  // namespace indoubt::properties
