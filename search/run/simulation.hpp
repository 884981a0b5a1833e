#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/family.hpp"
#include "sim/world/compiled_plan.hpp"
#include "sim/world/world.hpp"

namespace indoubt::search {

/// A deployment made ready to run: shared by all workers, never changed.
struct Simulation {
  std::shared_ptr<const sim::CompiledPlan> plan;
  kit::FamilyTraits traits{};
  sim::NodeId coordinator = sim::no_node;
  /// Each node with stock, and what it has.
  std::vector<std::pair<sim::NodeId, sim::Constant<kit::StockSetup>>> stock{};
  kit::Services services{};       ///< of each order
  sim::Duration give_up_after{};  ///< after the first request for an order
  std::uint32_t intentions = 0;   ///< orders that clients come for, if not all are that; else 0
  sim::Duration arrivals_span{};  ///< within which nearly all orders come; 0: all come at once
  std::optional<kit::Costs> commit_costs{};  ///< of the literature, if there is a formula
  kit::Unapplied unapplied{};                ///< faults and nodes that the family has no place for
};

/// Builds the plan of a deployment whose protocol exists (`find_build`).
Simulation make_simulation(const kit::Deployment& deployment);

}  // namespace indoubt::search
