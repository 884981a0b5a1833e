#include "reports/github.hpp"

#include <string_view>

#include "reports/explore_report.hpp"
#include "reports/fault_text.hpp"
#include "reports/text/safeguards.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

std::string replaced(std::string_view text, char what, std::string_view by) {
  std::string made;
  for (const char c : text) made += c == what ? std::string{by} : std::string{c};
  return made;
}

/// The escapes of the workflow commands: of what is said, and of the values of properties.
std::string escaped(const std::string& text) {
  return replaced(replaced(replaced(text, '%', "%25"), '\r', "%0D"), '\n', "%0A");
}
std::string escaped_property(const std::string& text) {
  return replaced(replaced(escaped(text), ':', "%3A"), ',', "%2C");
}

std::string annotation(std::string_view kind, const std::string& file, const std::string& title,
                       const std::string& text) {
  return "::" + std::string{kind} + " file=" + escaped_property(file) +
         ",title=" + escaped_property(title) + "::" + escaped(text) + "\n";
}

std::string annotations_of(const ScenarioResult& result, const Judgement& judgement) {
  const scenarios::Expectation& expectation = result.scenario.expectations[judgement.expectation];
  std::string text;
  for (const CellJudgement& cell : judgement.cells) {
    if (cell.met == Met::yes) continue;
    const CellOutcome& outcome = result.cells[cell.cell];
    text += annotation(cell.met == Met::no ? "error" : "warning", result.scenario.file,
                       result.scenario.name + ": " + expectation_words(expectation),
                       cell_words(result.cell_of(outcome)) + ": " + cell.found);
    if (expectation.kind == scenarios::Expectation::Kind::sometimes) return text;
  }
  return text;
}

std::string schedule_text(const ExploreFinding& finding) {
  std::string text = finding.reason;
  for (const sim::NamedFault& fault : finding.faults) text += "\n- " + fault_text(fault);
  if (finding.file.empty()) return text;
  text += "\nindoubt trace " + quoted_for_shell(finding.file);
  for (const scenarios::Cell& cell : finding.scenario.cells) text += consent_for(cell.deployment);
  return text;
}

}  // namespace

std::string github_annotations(std::span<const ScenarioResult> results,
                               std::span<const UnreadableFile> unreadable) {
  std::string text;
  std::size_t as_expected = 0;
  for (const UnreadableFile& file : unreadable)
    text += annotation("error", file.file, "not a valid scenario", file.message);
  for (const ScenarioResult& result : results) {
    for (const Judgement& judgement : result.judgements) {
      if (judgement.met != Met::yes) text += annotations_of(result, judgement);
    }
    const Conclusion conclusion = result.conclusion();
    as_expected +=
        conclusion == Conclusion::as_expected || conclusion == Conclusion::no_expectations;
  }
  return text + std::to_string(as_expected) + " of " +
         count_of(results.size() + unreadable.size(), "scenario") + " as expected\n";
}

std::string github_annotations(const ExploreResult& result) {
  std::string text;
  for (const FindingsOfCause& cause : result.causes()) {
    const ExploreFinding& first = *cause.findings.front();
    const std::size_t variants = cause.findings.size() - 1;
    text += annotation(
        "error", result.scenario.file,
        result.scenario.name + ": " + std::string{properties::name_of(first.property)} + ", " +
            cell_words(result.scenario.cells[first.cell]) + missing_text(result, first),
        schedule_text(first) + (variants == 0 ? "" : "\nand " + count_of(variants, "variant")));
  }
  if (met_of(result) == Met::inconclusive)
    text +=
        annotation("warning", result.scenario.file, result.scenario.name, conclusion_of(result));
  return text + result.scenario.name + ": " + conclusion_of(result) + "\n";
}

}  // namespace indoubt::reports
