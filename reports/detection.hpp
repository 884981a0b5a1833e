#pragma once

#include <span>
#include <string>

#include "reports/text/style.hpp"
#include "search/detection/detection.hpp"

namespace indoubt::reports {

/// What became of one planted mistake: where it showed best.
struct MutantDetection {
  std::string mutant;
  std::string mistake;
  std::string protocol;
  std::string scenario;  ///< in which it was seen, with its cell; empty if in none
  search::Detection detection{};
  /// The correct code violates the same property under other faults, so that the mistake may only
  /// have shifted when that happens.
  bool is_weak = false;

  bool is_found() const {
    return detection.exhaustive.is_found || detection.random.successes != 0;
  }
};

/// The detection table for a terminal, as a Markdown table, and as one JSON object on one line.
std::string detection_text(std::span<const MutantDetection> rows, const Style& style);
std::string detection_markdown(std::span<const MutantDetection> rows);
std::string detection_json(std::span<const MutantDetection> rows);

}  // namespace indoubt::reports
