#pragma once

#include <span>
#include <string>
#include <vector>

#include "reports/scenario_result.hpp"
#include "reports/text/style.hpp"

namespace indoubt::reports {

// Protocols side by side, on the same seeds and faults. Each scenario stands for a class of fault;
// its first cell is what the others are paired with.

/// The smallest run that still violates a property as one of the runs of a cell does.
struct ComparedFinding {
  std::size_t of_class = 0;  ///< position of the scenario among the results
  std::size_t cell = 0;      ///< position in its cells
  properties::Property property{};
  std::uint64_t seed = 0;  ///< from which it was reduced
  std::size_t faults_before = 0;
  std::size_t faults = 0;
  std::size_t orders_before = 0;
  std::size_t orders = 0;
  std::string words;     ///< what goes wrong and what comes of it
  std::string reason;    ///< of the violation, as a sentence
  std::string scenario;  ///< text of a file that replays it
  std::string trace;     ///< JSON of its run, or nothing
};

struct Comparison {
  std::span<const ScenarioResult> results;
  bool is_complete = true;  ///< all that was asked for was run to its end
  std::vector<ComparedFinding> findings{};
  std::size_t findings_left_out = 0;  ///< violated properties of cells that no finding shows
};

/// For a terminal.
std::string comparison_text(const Comparison& comparison, const Style& style);
/// The same tables in Markdown.
std::string comparison_markdown(const Comparison& comparison);
/// One line for each figure: scenario, protocol, cell, measure, name, value, low, high, count. One
/// with the measure "partial" ends a comparison that is not complete.
std::string comparison_csv(const Comparison& comparison);
/// One object on one line; integers, strings and `complete` only.
std::string comparison_json(const Comparison& comparison);

/// What a page says besides the comparison: nothing of it changes with what was found.
struct PageFacts {
  std::string program;     ///< that made it, as its commands name it
  std::string arguments;   ///< of the command that made it
  std::string wall_clock;  ///< what depends on the machine and the hour
};

/// A page for people, in one file.
std::string comparison_page(const Comparison& comparison, const PageFacts& facts);

}  // namespace indoubt::reports
