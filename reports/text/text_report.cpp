#include "reports/text/text_report.hpp"

#include "reports/text/sections.hpp"
#include "reports/text/table.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

std::string summary_line(Met met, const std::string& mark, const std::string& name,
                         const Style& style) {
  return toned(style, tone_of(met), padded(mark, 18)) + " " + name + "\n";
}

}  // namespace

std::string text_report(const ScenarioResult& result, const Style& style) {
  std::string text = headline_section(result, style);
  for (const auto section :
       {unmet_section, verdict_section, expected_violations_section, observations_section,
        figures_section, settings_section, notes_section}) {
    const std::string part = section(result, style);
    if (!part.empty()) text += "\n" + part;
  }
  return text;
}

std::string text_summary(std::span<const ScenarioResult> results,
                         std::span<const UnreadableFile> unreadable, const Style& style) {
  std::uint64_t runs = 0;
  std::uint64_t events = 0;
  std::string text;
  for (const ScenarioResult& result : results) {
    for (const CellOutcome& cell : result.cells) {
      runs += cell.result.runs;
      events += cell.result.events;
    }
    const Conclusion conclusion = result.conclusion();
    const bool has_sign = conclusion != Conclusion::no_expectations;
    const std::string mark = (has_sign ? "" : "  ") + conclusion_mark(style, conclusion);
    text += summary_line(met_of(conclusion), mark, result.scenario.name, style);
  }
  for (const UnreadableFile& file : unreadable) {
    const std::string mark = std::string{glyph(style, Met::no)} + " not run";
    text += summary_line(Met::no, mark, file.file, style);
  }
  const std::string part = unreadable.empty() ? "" : std::to_string(results.size()) + " of ";
  return text + part + count_of(results.size() + unreadable.size(), "scenario") + ", " +
         count_of(runs, "run") + ", " + count_of(events, "event") + "\n";
}

}  // namespace indoubt::reports
