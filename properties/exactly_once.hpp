#pragma once

#include "properties/ledger.hpp"
#include "properties/report.hpp"

// Each message takes effect once. An effect counts when it is durable: what a crash loses may be
// made again.
namespace indoubt::properties {

/// Called with an effect that the ledger has taken.
void judge_exactly_once(sim::OrderId order, std::size_t service, sim::TrueTime at,
                        const Ledger& ledger, Report& report);

}  // namespace indoubt::properties
