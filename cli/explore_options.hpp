#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "properties/property.hpp"
#include "reports/explore_result.hpp"
#include "scenarios/scenario.hpp"

namespace indoubt::cli {

/// How a scenario is to be searched.
struct ExploreOptions {
  bool leaves_out_safeguards = false;       ///< and else nothing, unless faults are asked for
  std::optional<std::size_t> exhaustive{};  ///< most faults of a set; none: at random
  bool keeps_one_order = false;  ///< of an exhaustive search: the events of the first seed's run
  std::size_t rounds = 0;        ///< of one over all orders: `search::OrdersOptions::most_instants`
  std::uint64_t states = 0;      ///< the same: `most_states`
  std::uint32_t actions = 0;     ///< bit set of `sim::Action` and `sim::Harm`
  std::uint64_t runs = 0;        ///< of each cell, at random
  std::optional<std::chrono::nanoseconds>
      time{};  ///< of the whole search; none: as long as it takes
  std::optional<properties::Property> property{};  ///< none: all
  std::size_t findings = 0;                        ///< after so many the search ends; 0: never
  scenarios::Verdict expected = scenarios::Verdict::violated;  ///< of a saved counterexample
  std::optional<std::string> folder{};   ///< for counterexamples; none: they are not saved
  std::optional<std::string> journal{};  ///< path of an exhaustive search's journal
  unsigned jobs = 1;
};

/// Options of `explore` besides those that select what runs.
std::vector<Option> explore_options();

/// Throws `UsageError`.
ExploreOptions read_explore_options(const Arguments& arguments);

/// The result of a search of these cells, by their numbers, that has found nothing yet.
reports::ExploreResult begin_result(scenarios::Scenario scenario, std::vector<std::size_t> cells,
                                    std::uint64_t first_seed, const ExploreOptions& options);

/// "crash,drop" as a bit set of `sim::Action` and `sim::Harm`. Throws `UsageError`.
std::uint32_t read_kinds(const std::string& text);

}  // namespace indoubt::cli
