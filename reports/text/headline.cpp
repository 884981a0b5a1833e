#include <algorithm>

#include "reports/text/sections.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

/// "200 runs each, seeds 1 to 200"; interrupted cells may have fewer.
std::string runs_text(const ScenarioResult& result) {
  if (result.cells.empty()) return "no runs";
  const auto by_runs = [](const CellOutcome& a, const CellOutcome& b) {
    return a.result.runs < b.result.runs;
  };
  const auto& cells = result.cells;
  const auto most = std::max_element(cells.begin(), cells.end(), by_runs)->result;
  const auto least = std::min_element(cells.begin(), cells.end(), by_runs)->result;
  std::string text = (most.runs != least.runs ? "up to " : "") + count_of(most.runs, "run") +
                     (cells.size() > 1 ? " each" : "");
  if (most.runs == 0) return text;
  text += ", seed" + std::string{most.runs > 1 ? "s " : " "} + std::to_string(most.first_seed);
  return most.runs > 1 ? text + " to " + std::to_string(most.first_seed + most.runs - 1) : text;
}

std::string expectations_text(const ScenarioResult& result) {
  if (result.judgements.empty()) return "nothing is expected of it";
  const auto met =
      std::count_if(result.judgements.begin(), result.judgements.end(),
                    [](const Judgement& judgement) { return judgement.met == Met::yes; });
  return std::to_string(met) + " of " + count_of(result.judgements.size(), "expectation") + " met";
}

}  // namespace

std::string headline_section(const ScenarioResult& result, const Style& style) {
  const Conclusion conclusion = result.conclusion();
  const Met met = met_of(conclusion);
  const std::string verdict = conclusion_mark(style, conclusion);
  std::string text = toned(style, Tone::strong, result.scenario.name) + "  " +
                     toned(style, tone_of(met), verdict) +
                     (result.is_interrupted ? " (interrupted)" : "") + "\n";
  text += wrapped(count_of(result.cells.size(), "cell") + ", " + runs_text(result) + "; " +
                      expectations_text(result) + "; indoubt " INDOUBT_VERSION,
                  style.width, "  ");
  if (!result.scenario.description.empty()) {
    text += "\n" + wrapped(result.scenario.description, style.width, "  ");
  }
  return text;
}

}  // namespace indoubt::reports
