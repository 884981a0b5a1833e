#pragma once

#include "properties/ledger.hpp"
#include "properties/report.hpp"

// Messages with one key take effect in the order in which what they tell of was committed. The key
// is the service: it is its stock that they change.
namespace indoubt::properties {

/// Called with an effect that the ledger has taken, and the service's newest one before it.
void judge_per_key_order(sim::OrderId order, std::size_t service, sim::TrueTime at,
                         const NewestEffect& newest, const Ledger& ledger, Report& report);

}  // namespace indoubt::properties
