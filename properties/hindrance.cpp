#include "properties/hindrance.hpp"

#include <algorithm>
#include <array>

namespace indoubt::properties {
namespace {

constexpr std::array<std::string_view, hindrance_count> names{
    "no cause", "declined", "out of stock", "lost or harmed", "trouble at a node", "late"};

/// Whether a service from which the order never got anything was short of units meanwhile: it may
/// have waited there.
bool met_shortage(const Ledger& ledger, sim::OrderId order, sim::TrueTime told) {
  const sim::TrueTime requested = ledger.order(order).requested;
  for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
    const bool got_nothing = ledger.claim(order, service).changed == sim::TrueTime{};
    if (!ledger.layout().is_member(service) || !got_nothing) continue;
    if (ledger.shortages(service).meet(requested, told)) return true;
  }
  return false;
}

}  // namespace

std::string_view name_of(Hindrance hindrance) { return names[static_cast<std::size_t>(hindrance)]; }

Hindrance hindrance_of(const Ledger& ledger, sim::OrderId id) {
  const OrderRow& order = ledger.order(id);
  const sim::TrueTime told = std::min(order.placed, order.not_placed);
  if (order.is_declined) return Hindrance::declined;
  if (order.is_scarce || met_shortage(ledger, id, told)) return Hindrance::scarce;
  if (order.struck <= told && order.struck != not_yet) return Hindrance::struck;
  if (ledger.nodes().troubles().meet(order.requested, told)) return Hindrance::trouble;
  if (order.late <= told && order.late != not_yet) return Hindrance::late;
  return Hindrance::none;
}

}  // namespace indoubt::properties
