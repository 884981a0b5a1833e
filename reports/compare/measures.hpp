#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "reports/compare/statistics.hpp"
#include "reports/scenario_result.hpp"

// What a comparison measures, before it is put into tables.
namespace indoubt::reports {

/// "saga style=choreographed loss=0.1": what a cell is called where protocols stand side by side.
std::string label_of(const scenarios::Cell& cell);

/// The options that are set, and the swept variables that they do not show already.
std::vector<std::pair<std::string, std::string>> details_of(const scenarios::Cell& cell);

/// What each scenario is called, which stands for a class of fault: the last part of its name, or
/// as much more as it takes to tell it from the others.
std::vector<std::string> headings_of(std::span<const ScenarioResult> results);

/// What programs know each scenario by: its name, or its file if others have the same name.
std::vector<std::string> names_of(std::span<const ScenarioResult> results);

/// The time within which `percent` of the orders were placed, among those that were placed or got
/// no answer. Nothing if fewer were ever placed. Orders without an answer count, because leaving
/// them out would make the worst protocol look best.
std::optional<sim::Duration> latency_with_unknown(const CellOutcome& cell, std::uint32_t percent);

/// Runs of one cell against those of another with the same seeds.
struct PairedDifference {
  MeanDifference placed{};      ///< orders in each run
  MeanDifference latency_ns{};  ///< mean over the orders of a run; of runs in which both placed any
  MeanDifference messages{};    ///< in each run
  MeanDifference forced_writes{};  ///< in each run
  struct Discordant {
    properties::Property property{};
    std::uint64_t only_here = 0;   ///< runs that violate it here, and not there
    std::uint64_t only_there = 0;  ///< runs that violate it there, and not here
  };
  std::vector<Discordant> discordant{};  ///< properties for which there are any
};

PairedDifference paired(const CellOutcome& here, const CellOutcome& there);

}  // namespace indoubt::reports
