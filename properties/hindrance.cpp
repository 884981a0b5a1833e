#include "properties/hindrance.hpp"

#include <algorithm>
#include <array>

namespace indoubt::properties {
namespace {

constexpr std::array<std::string_view, hindrance_count> names{
    "no cause",          "declined", "out of stock", "lost or harmed",
    "trouble at a node", "late",     "cancelled",    "poison"};

/// Whether a service was short of units before the order got any there: it may have waited. That
/// none are left once it has some is no shortage for it.
bool met_shortage(const Ledger& ledger, sim::OrderId order, sim::TrueTime until) {
  if (!ledger.was_short()) return false;
  const sim::TrueTime requested = ledger.order(order).requested;
  for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
    const sim::TrueTime before_served = ledger.pledge(order, service).served - sim::Duration{1};
    if (ledger.shortages(order, service).meet(requested, std::min(until, before_served)))
      return true;
  }
  return false;
}

}  // namespace

std::string_view name_of(Hindrance hindrance) { return names[static_cast<std::size_t>(hindrance)]; }

sim::TrueTime answer_due(const Ledger& ledger, sim::OrderId id) {
  const OrderRow& order = ledger.order(id);
  const sim::TrueTime told = order.told();
  const sim::Duration patience = ledger.layout().setup.give_up_after;
  const bool gives_up = patience < told - order.requested;
  return gives_up ? order.requested + patience : told;
}

bool was_late(const Ledger& ledger, sim::OrderId id, sim::TrueTime until) {
  const OrderRow& order = ledger.order(id);
  return order.late <= until || ledger.nodes().delays().meet(order.requested, until);
}

Hindrance hindrance_of(const Ledger& ledger, sim::OrderId id, sim::TrueTime until) {
  const OrderRow& order = ledger.order(id);
  if (order.cancelled <= until) return Hindrance::cancelled;
  if (order.is_declined) return Hindrance::declined;
  if (ledger.is_poison(id)) return Hindrance::poison;
  if (order.scarce <= until || met_shortage(ledger, id, until)) return Hindrance::scarce;
  if (order.struck <= until) return Hindrance::struck;
  if (ledger.nodes().troubles().meet(order.requested, until)) return Hindrance::trouble;
  return was_late(ledger, id, until) ? Hindrance::late : Hindrance::none;
}

}  // namespace indoubt::properties
