#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "cli/explore_options.hpp"
#include "cli/selection.hpp"
#include "search/exhaustive/exhaustive.hpp"
#include "search/journal/share_maker.hpp"
#include "search/orders/orders.hpp"

namespace indoubt::cli {

/// What is searched of a scenario: where some cells have a planted mistake, only those. The mistake
/// is what is asked for. Throws `UsageError` if nothing is left.
Selection select_for_search(scenarios::Scenario scenario, const Arguments& arguments);

/// The properties whose violation is a finding in this cell.
properties::PropertySet wanted_properties(const scenarios::Scenario& scenario, std::size_t cell,
                                          const ExploreOptions& options);

// What an exhaustive search of one cell is to try, whoever makes it. It goes on whatever it finds.
search::ExhaustiveOptions sets_to_try(const search::Simulation& simulation,
                                      properties::PropertySet wanted, std::uint64_t seed,
                                      const ExploreOptions& options);
search::OrdersOptions orders_to_try(properties::PropertySet wanted, std::uint64_t seed,
                                    const ExploreOptions& options);

/// Makes the shares of such a search of a cell, by its number from 0, until `stop` gets true.
std::unique_ptr<search::ShareMaker> share_maker(const Selection& selection, std::size_t cell,
                                                const ExploreOptions& options,
                                                const std::atomic<bool>& stop);

/// All shares of that search, in its order.
std::vector<search::ShareId> shares_of_cell(const Selection& selection, std::size_t cell,
                                            const ExploreOptions& options);

}  // namespace indoubt::cli
