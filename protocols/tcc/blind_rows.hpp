#pragma once

#include "protocols/kit/job/stock.hpp"

namespace indoubt::tcc {

/// The rows that a service changes if it goes by what an order takes, and not by what the order
/// has: the first rows of each item, whichever order has them. For roles that make this mistake.
inline kit::UnitList blind_rows(const kit::Stock& stock) {
  kit::UnitList rows;
  for (const kit::StockSetup::Item& item : stock.setup->items) {
    for (std::uint32_t i = 0; i < item.taken && i < item.units; ++i) rows.add(item.first_unit + i);
  }
  return rows;
}

}  // namespace indoubt::tcc
