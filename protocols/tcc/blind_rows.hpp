#pragma once

#include <algorithm>

#include "protocols/kit/job/stock.hpp"

namespace indoubt::tcc {

/// The rows that a service changes if it goes by what an order takes, and not by what the order
/// has: the first rows of each item, whichever order has them. For roles that make this mistake.
inline kit::UnitList blind_rows(const kit::Stock& stock, sim::OrderId order) {
  kit::UnitList rows;
  for (const kit::StockSetup::Item& item : stock.setup->items) {
    const std::uint32_t taken = std::min(stock.setup->taken(item, order), item.units);
    for (std::uint32_t i = 0; i < taken; ++i) rows.add(item.first_unit + i);
  }
  return rows;
}

}  // namespace indoubt::tcc
