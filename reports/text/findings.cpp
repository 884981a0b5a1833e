#include <algorithm>

#include "reports/text/sections.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

using scenarios::Expectation;

constexpr std::size_t most_shown = 12;

/// A violation, and why it was expected, if it was.
struct Violation {
  std::size_t cell = 0;  ///< position in `ScenarioResult::cells`
  properties::Property property{};
  std::string why{};
};

std::string and_more(std::size_t all) {
  if (all <= most_shown) return {};
  return "    ... and " + std::to_string(all - most_shown) + " more; --format json has all\n";
}

std::string command_line(const std::string& command, const Style& style) {
  return "      " + toned(style, Tone::quiet, command) + "\n";
}

/// Reason and command of a property's first violation.
std::string evidence(const ScenarioResult& result, const CellOutcome& outcome,
                     const search::PropertyResult& found, const Style& style) {
  const std::string seed = "seed " + std::to_string(*found.first_seed) + ": ";
  return wrapped(seed + found.reason, style.width, "      ") +
         command_line(trace_command(result, outcome, *found.first_seed), style);
}

/// The order that a metric is largest for, and its command. What is counted over all runs is of no
/// order in particular; the counts of `isolation` are those of its violations.
std::string metric_evidence(const ScenarioResult& result, const CellOutcome& outcome,
                            std::string_view metric, const Style& style) {
  const auto& isolation = outcome.result[properties::Property::isolation];
  if (metric.starts_with("isolation.") && isolation.first_seed) {
    return evidence(result, outcome, isolation, style);
  }
  const search::Extreme* extreme = search::metric_extreme(outcome.result, metric);
  if (extreme == nullptr) {
    return wrapped("of all runs together; no order is the one that fails it", style.width,
                   "      ");
  }
  const std::string what = "seed " + std::to_string(extreme->seed) + ": the largest is order " +
                           std::to_string(extreme->order) + "'s, with " + rounded(extreme->time);
  return wrapped(what, style.width, "      ") +
         command_line(trace_command(result, outcome, extreme->seed, extreme->order), style);
}

/// Where in the scenario a cell is, if there are several.
std::string in_cell(const ScenarioResult& result, const CellOutcome& outcome) {
  return result.scenario.cells.size() == 1 ? "" : ", " + cell_words(result.cell_of(outcome));
}

std::string cell_judgement_text(const ScenarioResult& result, const Expectation& expectation,
                                const CellJudgement& judgement, const Style& style) {
  const CellOutcome& outcome = result.cells[judgement.cell];
  std::string text = wrapped("found: " + judgement.found + in_cell(result, outcome), style.width,
                             "    ", "      ");
  const auto property = properties::property_named(expectation.id);
  const bool is_property = expectation.kind == Expectation::Kind::property && property;
  if (is_property && outcome.result[*property].violations != 0) {
    return text + evidence(result, outcome, outcome.result[*property], style);
  }
  if (outcome.result.runs == 0) return text;
  if (expectation.kind == Expectation::Kind::metric) {
    return text + metric_evidence(result, outcome, expectation.id, style);
  }
  return text + command_line(trace_command(result, outcome, outcome.result.first_seed), style);
}

std::string judgement_text(const ScenarioResult& result, const Judgement& judgement,
                           const Style& style) {
  const Expectation& expectation = result.scenario.expectations[judgement.expectation];
  const std::string mark{glyph(style, judgement.met)};
  const std::string where = where_words(expectation.where);
  std::string text = "  " + toned(style, tone_of(judgement.met), mark) +
                     " expected: " + toned(style, Tone::strong, expectation_words(expectation)) +
                     (where.empty() ? "" : " where " + where) + "\n";
  if (!expectation.why.empty()) text += wrapped("why: " + expectation.why, style.width, "    ");
  std::size_t count = 0;
  for (const CellJudgement& cell : judgement.cells) {
    if (cell.met == Met::yes || ++count > most_shown) continue;
    text += cell_judgement_text(result, expectation, cell, style);
  }
  return text + and_more(count);
}

/// All violations of the result, with why they were expected if they were.
std::vector<Violation> find_violations(const ScenarioResult& result, bool are_expected) {
  std::vector<Violation> all;
  for (std::size_t i = 0; i < result.cells.size(); ++i) {
    const CellOutcome& cell = result.cells[i];
    for (const properties::PropertyDecl& doc : properties::property_decls()) {
      if (cell.result[doc.property].violations == 0) continue;
      if (is_expected(result, cell, doc.name) != are_expected) continue;
      all.push_back({.cell = i, .property = doc.property, .why = {}});
    }
  }
  return all;
}

const Expectation* met_expectation(const ScenarioResult& result, const Violation& violation) {
  for (const Judgement& judgement : result.judgements) {
    const Expectation& expectation = result.scenario.expectations[judgement.expectation];
    if (expectation.kind != Expectation::Kind::property) continue;
    if (expectation.id != name_of(violation.property)) continue;
    for (const CellJudgement& cell : judgement.cells) {
      if (cell.cell == violation.cell && cell.met == Met::yes) return &expectation;
    }
  }
  return nullptr;
}

/// Reason, seed and command of each violation, up to a limit.
std::string violations_text(const ScenarioResult& result, const std::vector<Violation>& violations,
                            const Style& style) {
  std::string text;
  for (std::size_t i = 0; i < std::min(violations.size(), most_shown); ++i) {
    const Violation& violation = violations[i];
    const CellOutcome& outcome = result.cells[violation.cell];
    const auto& found = outcome.result[violation.property];
    const std::string mark{glyph(style, properties::Verdict::violated)};
    text +=
        wrapped(std::string{name_of(violation.property)} + ": " +
                    verdict_words(outcome.result, violation.property) + in_cell(result, outcome),
                style.width, "  " + toned(style, Tone::bad, mark) + " ", "    ");
    if (!violation.why.empty()) text += wrapped("why: " + violation.why, style.width, "      ");
    text += evidence(result, outcome, found, style);
  }
  return text + and_more(violations.size());
}

}  // namespace

std::string unmet_section(const ScenarioResult& result, const Style& style) {
  std::string text;
  for (const Met met : {Met::no, Met::inconclusive}) {
    std::string part;
    for (const Judgement& judgement : result.judgements) {
      if (judgement.met == met) part += judgement_text(result, judgement, style);
    }
    if (part.empty()) continue;
    const std::string title = met == Met::no ? "Not as expected" : "Inconclusive";
    text += (text.empty() ? "" : "\n") + heading(style, title) + part;
  }
  return text;
}

std::string expected_violations_section(const ScenarioResult& result, const Style& style) {
  std::vector<Violation> shown;
  for (Violation violation : find_violations(result, true)) {
    const Expectation* expectation = met_expectation(result, violation);
    if (expectation == nullptr) continue;
    violation.why = expectation->why;
    shown.push_back(std::move(violation));
  }
  if (shown.empty()) return {};
  return heading(style, "Violated, as expected") + violations_text(result, shown, style);
}

std::string observations_section(const ScenarioResult& result, const Style& style) {
  const std::vector<Violation> observed = find_violations(result, false);
  if (observed.empty()) return {};
  return heading(style, "Observed: violated, and no expectation speaks of it") +
         violations_text(result, observed, style);
}

}  // namespace indoubt::reports
