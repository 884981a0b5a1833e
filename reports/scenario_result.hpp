#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/kit/blueprint.hpp"
#include "scenarios/scenario.hpp"
#include "search/run/cell_result.hpp"

namespace indoubt::reports {

/// A cell that was run, and what came of it.
struct CellOutcome {
  std::size_t number = 0;  ///< of the cell in its scenario, from 0
  search::CellResult result{};
  std::vector<std::string> faults{};         ///< ids, in the order of `result.faults`
  kit::Unapplied unapplied{};                ///< faults and nodes that its family has no place for
  std::uint64_t milliseconds = 0;            ///< of wall time: for people, not for machines
  std::optional<kit::Costs> commit_costs{};  ///< by the literature, if there is a formula
};

/// Whether what was expected came.
enum class Met : std::uint8_t { yes, no, inconclusive };

/// What became of an expectation in one cell that it is about.
struct CellJudgement {
  std::size_t cell = 0;  ///< position in `ScenarioResult::cells`
  Met met = Met::inconclusive;
  std::string found;  ///< "violated in 37 of 2000 runs", "1.2s", ...
};

/// What became of an expectation.
struct Judgement {
  std::size_t expectation = 0;  ///< position in `Scenario::expectations`
  Met met = Met::inconclusive;
  std::vector<CellJudgement> cells{};
};

/// What a scenario comes to.
enum class Conclusion : std::uint8_t {
  as_expected,
  not_as_expected,
  inconclusive,
  no_expectations,  ///< nothing was expected of any cell that was run
};

/// A scenario with all that its runs found. What reports show is taken from here.
struct ScenarioResult {
  scenarios::Scenario scenario{};
  std::vector<CellOutcome> cells{};
  std::vector<Judgement> judgements{};  ///< of the expectations that are about a cell that was run
  bool is_interrupted = false;
  /// Options of the command line that changed what runs: " --mutant M-A02". Replaying needs them.
  std::string overrides{};

  const scenarios::Cell& cell_of(const CellOutcome& outcome) const {
    return scenario.cells[outcome.number];
  }
  Conclusion conclusion() const;
};

/// A file that could not be run, and why.
struct UnreadableFile {
  std::string file;
  std::string message;
};

/// "as expected", "not as expected", "inconclusive", "no expectations".
std::string_view name_of(Conclusion conclusion);

/// Compares the results of the cells with what the scenario expects, and fills in `judgements`.
void check_expectations(ScenarioResult& result);

/// Whether an expectation names this property for this cell, whatever it expects of it.
bool is_expected(const ScenarioResult& result, const CellOutcome& outcome,
                 std::string_view property);

}  // namespace indoubt::reports
