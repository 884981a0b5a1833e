#pragma once

#include "protocols/kit/deployment.hpp"

namespace indoubt::search {

/// The deployment in the world that a search over orders of events tries: messages and forces take
/// no time, all orders are there from the start, every wait between two attempts is the longest,
/// and a run goes on until it is at rest or nothing is left but retries. See docs/orders.md.
kit::Deployment in_order(kit::Deployment deployment);

}  // namespace indoubt::search
