#include "properties/no_leak.hpp"

#include <optional>

namespace indoubt::properties {
namespace {

std::optional<Reason> leak_of(const UnitRow& row, const Ledger& ledger) {
  if (row.state == UnitRow::State::free) return std::nullopt;
  if (row.state == UnitRow::State::held) return Reason::leaked_hold;
  const std::size_t services = ledger.layout().service_count;
  if (ledger.first_lacking(row.order) != services) return Reason::leaked_part;
  const bool is_told_not_placed = ledger.order(row.order).not_placed != not_yet;
  return is_told_not_placed ? std::optional{Reason::leaked_not_placed} : std::nullopt;
}

/// Of a unit, by its index over all services, that nothing will free.
Finding finding_of(Reason reason, sim::OrderId order, std::uint32_t index, const Closing& closing,
                   const Ledger& ledger) {
  const ServiceLayout& service = ledger.layout().services[ledger.service_of_unit(index)];
  Finding finding;
  finding.property = Property::no_leak;
  finding.reason = reason;
  finding.order = order;
  finding.node = service.node;
  finding.at = closing.at;
  finding.unit = index - service.first_unit;
  return finding;
}

}  // namespace

void NoLeak::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  if (!closing.is_at_rest || ledger.requested() == 0) return;
  report.check(Property::no_leak);
  for (const std::uint32_t index : ledger.touched()) {
    const UnitRow& row = ledger.unit_at(index);
    const std::optional<Reason> reason = leak_of(row, ledger);
    if (!reason) continue;
    Finding finding = finding_of(*reason, row.order, index, closing, ledger);
    finding.since = row.since;
    report.leave_unmet(finding);
  }
  for (const std::uint32_t index : ledger.ever_locked()) {
    const sim::OrderId order = ledger.locked_by(index);
    if (order == sim::no_order || ledger.unit_at(index).state != UnitRow::State::free) continue;
    report.leave_unmet(finding_of(Reason::leaked_lock, order, index, closing, ledger));
  }
}

}  // namespace indoubt::properties
