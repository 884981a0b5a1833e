#include "protocols/kit/job/stock.hpp"

#include <algorithm>
#include <bit>

namespace indoubt::kit {
namespace {

void set_free(std::vector<std::uint64_t>& bits, std::uint32_t unit, bool is_free) {
  const std::uint64_t bit = std::uint64_t{1} << (unit % 64);
  std::uint64_t& word = bits[unit / 64];
  word = is_free ? word | bit : word & ~bit;
}

/// The lowest free unit from `first` on, before `end`; `end` if there is none.
std::uint32_t next_free(const std::vector<std::uint64_t>& bits, std::uint32_t first,
                        std::uint32_t end) {
  if (first >= end) return end;
  const std::uint32_t last = (end - 1) / 64;
  std::uint32_t at = first / 64;
  std::uint64_t word = bits[at] & ~std::uint64_t{0} << (first % 64);
  while (word == 0 && at < last) word = bits[++at];
  if (word == 0) return end;
  return std::min(end, at * 64 + static_cast<std::uint32_t>(std::countr_zero(word)));
}

}  // namespace

Stock::Stock(const StockSetup& stock_setup) : setup{stock_setup} {
  std::uint32_t count = 0;
  for (const StockSetup::Item& item : stock_setup.items) count += item.units;
  units.resize(count);
  free_bits.resize((count + 63) / 64);
  for (std::uint32_t unit = 0; unit < count; ++unit) set_free(free_bits, unit, true);
}

std::optional<UnitList> Stock::pick(sim::OrderId order) const {
  UnitList list;
  for (const StockSetup::Item& item : setup->items) {
    const std::uint32_t end = item.first_unit + item.units;
    std::uint32_t unit = item.first_unit;
    for (std::uint32_t i = setup->taken(item, order); i > 0; --i) {
      unit = next_free(free_bits, unit, end);
      if (unit == end) return std::nullopt;
      list.add(unit++);
    }
  }
  return list;
}

void Stock::hold(sim::OrderId order, const Hold& hold) {
  for (const std::uint32_t unit : hold.units) {
    units[unit] = {Unit::State::held, order, hold.generation, hold.expiry()};
    set_free(free_bits, unit, false);
  }
  taken[order] = hold.units;
  const bool is_bare_lease = hold.units.count == 0 && hold.expiry() != sim::no_expiry;
  if (is_bare_lease) leases[order] = {hold.generation, hold.expiry()};
  if (hold.generation > holds) holds = hold.generation;
}

void Stock::assign(sim::OrderId order, const UnitList& list) {
  for (const std::uint32_t unit : list) {
    units[unit].state = Unit::State::assigned;
    units[unit].order = order;
    set_free(free_bits, unit, false);
  }
  taken[order] = list;
}

void Stock::release(sim::OrderId order, const UnitList& list) {
  for (const std::uint32_t unit : list) {
    units[unit].state = Unit::State::free;
    units[unit].order = sim::no_order;
    set_free(free_bits, unit, true);
  }
  taken[order] = {};
  leases.forget(order);
}

void Stock::lose_memory() {
  for (Unit& unit : units) {
    if (unit.state == Unit::State::free) unit = {};
  }
  holds = 0;
  taken.lose_memory();
  leases.lose_memory();
}

Hold Stock::hold_of(sim::OrderId order) const {
  const UnitList& list = units_of(order);
  if (list.count == 0) {
    const Lease& lease = leases.at(order);
    return {list, lease.generation, lease.expires.time_since_epoch().count()};
  }
  const Unit& unit = units[*list.begin()];
  return {list, unit.generation, unit.expires.time_since_epoch().count()};
}

}  // namespace indoubt::kit
