#pragma once

#include <string_view>

#include "protocols/kit/job/stock.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// Records of a service that mean the same whatever the protocol.
namespace indoubt::kit {

/// Declined, or not enough units. It stays, so that a late copy of the question finds it.
struct Refused {
  static constexpr std::string_view name = "refused";
  void facts(sim::FactSink& sink) const { sink.state(sim::FactKind::refused); }
};
/// The order has nothing here any more, and gets nothing.
struct UnitsReleased {
  static constexpr std::string_view name = "units_released";
  UnitList units;  ///< held or assigned until now; none if there were none
  void facts(sim::FactSink& sink) const { sink.change(sim::FactKind::released, units); }
};

}  // namespace indoubt::kit
