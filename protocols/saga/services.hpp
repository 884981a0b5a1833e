#pragma once

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/supervisor/options.hpp"

namespace indoubt::saga {

/// Puts the role `P` on every node that has stock.
template <typename Messages, typename Records, typename P, typename S>
void place_services(kit::Blueprint& blueprint, sim::Constant<S> settings) {
  for (const sim::NodeId node : blueprint.stock_nodes()) {
    P service;
    service.settings = settings;
    service.stock = kit::Stock{*blueprint.stock_of(node)};
    kit::put_under_supervision(blueprint, service);
    blueprint.place<Messages, Records>(node, service);
  }
}

}  // namespace indoubt::saga
