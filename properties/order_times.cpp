#include "properties/order_times.hpp"

#include <algorithm>

namespace indoubt::properties {
namespace {

/// Whether the service ever took anything for the order, or bound itself to it.
bool has_met(const Ledger& ledger, sim::OrderId order, std::size_t service) {
  const Claim& claim = ledger.claim(order, service);
  return claim.has_held || claim.has_decided || claim.assigned != 0 || claim.has_changed ||
         ledger.pledge(order, service).in_doubt != not_yet;
}

/// Whether one service has its part of the order and another one lacks its own.
bool is_half_done(const Ledger& ledger, sim::OrderId order) {
  const std::size_t all = ledger.layout().service_count;
  return ledger.first_assigned(order) != all && ledger.first_lacking(order) != all;
}

/// When the service was done with the order; `not_yet` if it is not.
sim::TrueTime settled_at(const Ledger& ledger, sim::OrderId order, std::size_t service) {
  const Claim& claim = ledger.claim(order, service);
  if (claim.held != 0 || ledger.is_in_doubt(order, service)) return not_yet;
  return claim.has_decided ? std::max(claim.changed, claim.decided) : claim.changed;
}

}  // namespace

OrderTimes times_of(const Ledger& ledger, sim::OrderId id) {
  const OrderRow& order = ledger.order(id);
  OrderTimes times{.requested = order.requested, .answered = order.told()};
  times.is_placed = times.answered != not_yet && times.answered == order.placed;
  sim::TrueTime last{};
  for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
    if (!has_met(ledger, id, service)) continue;
    times.met_a_service = true;
    last = std::max(last, settled_at(ledger, id, service));
  }
  if (times.met_a_service && !is_half_done(ledger, id)) times.settled = last;
  return times;
}

}  // namespace indoubt::properties
