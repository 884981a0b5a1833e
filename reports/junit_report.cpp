#include "reports/junit_report.hpp"

#include <vector>

#include "reports/words.hpp"
#include "reports/xml.hpp"

namespace indoubt::reports {
namespace {

using scenarios::Expectation;

struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;

  void add(Met met) {
    ++tests;
    failures += met == Met::no ? 1 : 0;
    skipped += met == Met::inconclusive ? 1 : 0;
  }
  void add(const Counts& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
  }
};

std::string suite_tag(std::string_view element, const std::string& name, const Counts& counts) {
  return "<" +
         xml_tag(element, {{"name", name},
                           {"tests", std::to_string(counts.tests)},
                           {"failures", std::to_string(counts.failures)},
                           {"errors", std::to_string(counts.errors)},
                           {"skipped", std::to_string(counts.skipped)}}) +
         ">\n";
}

/// What a cell says about an expectation: reasons, and how to see it.
std::string details(const ScenarioResult& result, const Expectation& expectation,
                    const CellJudgement& judgement) {
  const CellOutcome& outcome = result.cells[judgement.cell];
  std::string text = "expected: " + expectation_words(expectation) + "\nfound: " + judgement.found;
  if (!expectation.why.empty()) text += "\nwhy: " + expectation.why;
  std::uint64_t seed = outcome.result.first_seed;
  std::uint32_t order = 0;
  if (const auto property = properties::property_named(expectation.id)) {
    const auto& found = outcome.result[*property];
    if (found.violations != 0)
      text += "\nseed " + std::to_string(*found.first_seed) + ": " + found.reason;
    seed = found.first_seed.value_or(seed);
  } else if (const auto* extreme = search::metric_extreme(outcome.result, expectation.id)) {
    seed = extreme->seed;
    order = extreme->order;
  }
  return text + "\nreplay: " + trace_command(result, outcome, seed, order) + "\n";
}

std::string body(Met met, bool is_weakness, const std::string& found, const std::string& details) {
  const std::string text = xml_text(details);
  if (met == Met::no) {
    return "      <" + xml_tag("failure", {{"message", found}, {"type", "expectation"}}) + ">" +
           text + "</failure>\n";
  }
  if (met == Met::inconclusive) {
    return "      <" + xml_tag("skipped", {{"message", "inconclusive: " + found}}) + "/>\n";
  }
  return is_weakness ? "      <system-out>" + text + "</system-out>\n" : "";
}

std::string test_case(const ScenarioResult& result, const std::string& name,
                      const std::string& content) {
  const std::string tag =
      xml_tag("testcase", {{"classname", result.scenario.name}, {"name", name}});
  return content.empty() ? "    <" + tag + "/>\n"
                         : "    <" + tag + ">\n" + content + "    </testcase>\n";
}

/// Test cases of one expectation: one for each cell, but one in all for what must be seen
/// somewhere.
std::string test_cases(const ScenarioResult& result, const Judgement& judgement, Counts& counts) {
  const Expectation& expectation = result.scenario.expectations[judgement.expectation];
  const std::string what = expectation_words(expectation);
  if (expectation.kind == Expectation::Kind::sometimes) {
    counts.add(judgement.met);
    const CellJudgement& first = judgement.cells.front();
    return test_case(result, what,
                     body(judgement.met, false, first.found, details(result, expectation, first)));
  }
  std::string text;
  for (const CellJudgement& cell : judgement.cells) {
    counts.add(cell.met);
    const bool is_weakness = expectation.kind == Expectation::Kind::property &&
                             expectation.verdict == scenarios::Verdict::violated;
    text += test_case(result, what + ", " + cell_words(result.cell_of(result.cells[cell.cell])),
                      body(cell.met, is_weakness, cell.found, details(result, expectation, cell)));
  }
  return text;
}

/// The version and the seeds, without which a result cannot be had again.
std::string properties_of(const ScenarioResult& result) {
  const auto property = [](std::string_view name, const std::string& value) {
    return "      <" + xml_tag("property", {{"name", std::string{name}}, {"value", value}}) +
           "/>\n";
  };
  std::string text = "    <properties>\n" + property("version", INDOUBT_VERSION);
  if (!result.cells.empty()) {
    text += property("first_seed", std::to_string(result.cells.front().result.first_seed)) +
            property("runs", std::to_string(result.cells.front().result.runs));
  }
  if (result.is_interrupted) text += property("complete", "false");
  return text + "    </properties>\n";
}

std::string suite(const ScenarioResult& result, Counts& all) {
  Counts counts;
  std::string cases;
  for (const Judgement& judgement : result.judgements)
    cases += test_cases(result, judgement, counts);
  all.add(counts);
  return "  " + suite_tag("testsuite", result.scenario.name, counts) + properties_of(result) +
         cases + "  </testsuite>\n";
}

std::string suite(const UnreadableFile& file, Counts& all) {
  const Counts counts{.tests = 1, .failures = 0, .errors = 1, .skipped = 0};
  all.add(counts);
  return "  " + suite_tag("testsuite", file.file, counts) + "    <" +
         xml_tag("testcase", {{"classname", file.file}, {"name", "is a valid scenario"}}) +
         ">\n      <" +
         xml_tag("error", {{"message", "not a valid scenario"}, {"type", "scenario"}}) + ">" +
         xml_text(file.message) + "</error>\n    </testcase>\n  </testsuite>\n";
}

}  // namespace

std::string junit_report(std::span<const ScenarioResult> results,
                         std::span<const UnreadableFile> unreadable) {
  Counts counts;
  std::string suites;
  for (const ScenarioResult& result : results) suites += suite(result, counts);
  for (const UnreadableFile& file : unreadable) suites += suite(file, counts);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
         suite_tag("testsuites", "indoubt", counts) + suites + "</testsuites>\n";
}

}  // namespace indoubt::reports
