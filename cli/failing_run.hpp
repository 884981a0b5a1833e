#pragma once

#include <cstddef>
#include <optional>

#include "cli/selection.hpp"
#include "search/shrink/shrink.hpp"

namespace indoubt::cli {

/// A failing run of a scenario.
struct FailingRun {
  std::size_t cell = 0;  ///< its number, from 0
  search::FailingCase failing{};
  bool is_expected = false;  ///< the scenario expects this violation
};

/// The first run that violates `property`, or anything if none is given: cells in order, then
/// seeds, then properties. Without a property, a violation that the scenario calls for comes after
/// all others. Nothing if no run violates it, or `stop` came first.
std::optional<FailingRun> find_failing_run(const Selection& selection,
                                           std::optional<properties::Property> property,
                                           unsigned jobs, const std::atomic<bool>& stop);

}  // namespace indoubt::cli
