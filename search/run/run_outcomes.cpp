#include "search/run/run_outcomes.hpp"

namespace indoubt::search {

RunOutcomes outcomes_of(const properties::Ledger& ledger, const sim::Plan& plan,
                        std::uint64_t seed) {
  RunOutcomes outcomes{.seed = seed};
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    const auto outcome = properties::outcome_of(ledger, {i});
    if (outcome) outcomes.orders.emplace_back(plan.number_of({i}), *outcome);
  }
  return outcomes;
}

}  // namespace indoubt::search
