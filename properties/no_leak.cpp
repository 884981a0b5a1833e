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

}  // namespace

void NoLeak::judge(const Closing& closing, const Ledger& ledger, Report& report) const {
  if (!closing.is_at_rest || ledger.requested() == 0) return;
  for (const std::uint32_t index : ledger.touched()) {
    const UnitRow& row = ledger.unit_at(index);
    const std::optional<Reason> reason = leak_of(row, ledger);
    if (!reason) continue;
    const ServiceLayout& service = ledger.layout().services[ledger.service_of_unit(index)];
    Finding finding;
    finding.property = Property::no_leak;
    finding.reason = *reason;
    finding.order = row.order;
    finding.node = service.node;
    finding.at = closing.at;
    finding.since = row.since;
    finding.unit = index - service.first_unit;
    report.violate_unless_owed(finding, closing.debtor);
  }
  // Checked if any order was: those that a node still owes were not.
  if (report.tally(Property::no_leak).owed < ledger.requested()) report.check(Property::no_leak);
}

}  // namespace indoubt::properties
