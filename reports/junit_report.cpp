#include "reports/junit_report.hpp"

#include <map>
#include <utility>
#include <vector>

#include "reports/explore_report.hpp"
#include "reports/fault_text.hpp"
#include "reports/text/safeguards.hpp"
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

/// "1.234": seconds, as JUnit has them.
std::string seconds_text(std::uint64_t milliseconds) {
  std::string rest = std::to_string(milliseconds % 1000);
  rest.insert(0, 3 - rest.size(), '0');
  return std::to_string(milliseconds / 1000) + "." + rest;
}

std::string suite_tag(std::string_view element, const std::string& name, const Counts& counts,
                      std::uint64_t milliseconds) {
  return "<" +
         xml_tag(element, {{"name", name},
                           {"tests", std::to_string(counts.tests)},
                           {"failures", std::to_string(counts.failures)},
                           {"errors", std::to_string(counts.errors)},
                           {"skipped", std::to_string(counts.skipped)},
                           {"time", seconds_text(milliseconds)}}) +
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

/// The test cases of a suite. Servers tell cases apart by their names, and add up their times.
class Cases {
 public:
  explicit Cases(const scenarios::Scenario& scenario) : scenario_{scenario} {}

  void add(const std::string& name, const std::string& content, std::uint64_t milliseconds) {
    const std::size_t count = ++names_[name];
    const std::string tag =
        xml_tag("testcase", {{"classname", scenario_.name},
                             {"name", count == 1 ? name : name + " #" + std::to_string(count)},
                             {"file", scenario_.file},
                             {"time", seconds_text(milliseconds)}});
    text_ += content.empty() ? "    <" + tag + "/>\n"
                             : "    <" + tag + ">\n" + content + "    </testcase>\n";
  }
  const std::string& text() const { return text_; }

 private:
  const scenarios::Scenario& scenario_;
  std::map<std::string, std::size_t> names_;
  std::string text_;
};

/// A cell's runs were made once, for all that is expected of it: its first test case has the time.
std::uint64_t time_of(const CellOutcome& cell, std::vector<bool>& is_told, std::size_t position) {
  if (is_told[position]) return 0;
  is_told[position] = true;
  return cell.milliseconds;
}

/// Test cases of one expectation: one for each cell, but one in all for what must be seen
/// somewhere.
void add_cases(Cases& cases, const ScenarioResult& result, const Judgement& judgement,
               std::vector<bool>& is_told, Counts& counts) {
  const Expectation& expectation = result.scenario.expectations[judgement.expectation];
  const std::string what = expectation_words(expectation);
  const bool is_in_all = expectation.kind == Expectation::Kind::sometimes;
  const bool is_weakness = expectation.kind == Expectation::Kind::property &&
                           expectation.verdict == scenarios::Verdict::violated;
  for (const CellJudgement& cell : judgement.cells) {
    const CellOutcome& outcome = result.cells[cell.cell];
    const Met met = is_in_all ? judgement.met : cell.met;
    counts.add(met);
    cases.add(is_in_all ? what : what + ", " + cell_words(result.cell_of(outcome)),
              body(met, is_weakness, cell.found, details(result, expectation, cell)),
              time_of(outcome, is_told, cell.cell));
    if (is_in_all) return;
  }
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

/// Suites, and what they come to.
struct Suites {
  std::string text{};
  Counts counts{};
  std::uint64_t milliseconds = 0;

  void add(const std::string& name, const Counts& own, std::uint64_t time,
           const std::string& content) {
    counts.add(own);
    milliseconds += time;
    text += "  " + suite_tag("testsuite", name, own, time) + content + "  </testsuite>\n";
  }
  std::string document() const {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
           suite_tag("testsuites", "indoubt", counts, milliseconds) + text + "</testsuites>\n";
  }
};

void add_suite(Suites& suites, const ScenarioResult& result) {
  Counts counts;
  Cases cases{result.scenario};
  std::vector<bool> is_told(result.cells.size());
  std::uint64_t milliseconds = 0;
  for (const CellOutcome& cell : result.cells) milliseconds += cell.milliseconds;
  for (const Judgement& judgement : result.judgements)
    add_cases(cases, result, judgement, is_told, counts);
  suites.add(result.scenario.name, counts, milliseconds, properties_of(result) + cases.text());
}

void add_suite(Suites& suites, const UnreadableFile& file) {
  const Counts counts{.tests = 1, .failures = 0, .errors = 1, .skipped = 0};
  const std::string test_case = xml_tag("testcase", {{"classname", file.file},
                                                     {"name", "is a valid scenario"},
                                                     {"file", file.file},
                                                     {"time", seconds_text(0)}});
  suites.add(file.file, counts, 0,
             "    <" + test_case + ">\n      <" +
                 xml_tag("error", {{"message", "not a valid scenario"}, {"type", "scenario"}}) +
                 ">" + xml_text(file.message) + "</error>\n    </testcase>\n");
}

/// All that shows a finding and its variants, and replays them.
std::string details(const ExploreResult& result, const FindingsOfCause& cause) {
  std::string text;
  for (const ExploreFinding* finding : cause.findings) {
    text += cell_words(result.scenario.cells[finding->cell]) + ": " + finding->reason + "\n";
    for (const sim::NamedFault& fault : finding->faults) text += "- " + fault_text(fault) + "\n";
    if (!finding->file.empty())
      text += "replay: indoubt trace " + quoted_for_shell(finding->file) + "\n";
  }
  return text;
}

/// A search that has found nothing is one test that passes, or one that is skipped.
void add_search_case(Cases& cases, const ExploreResult& result, Counts& counts) {
  const Met met = met_of(result);
  if (met == Met::no) return;
  counts.add(met);
  cases.add("search", body(met, false, conclusion_of(result), ""), result.milliseconds);
}

}  // namespace

std::string junit_report(std::span<const ScenarioResult> results,
                         std::span<const UnreadableFile> unreadable) {
  Suites suites;
  for (const ScenarioResult& result : results) add_suite(suites, result);
  for (const UnreadableFile& file : unreadable) add_suite(suites, file);
  return suites.document();
}

std::string junit_report(const ExploreResult& result) {
  Suites suites;
  Counts counts;
  Cases cases{result.scenario};
  std::uint64_t milliseconds = result.milliseconds;
  for (const FindingsOfCause& cause : result.causes()) {
    const ExploreFinding& first = *cause.findings.front();
    counts.add(Met::no);
    cases.add(std::string{properties::name_of(first.property)} + ", " +
                  cell_words(result.scenario.cells[first.cell]) + missing_text(result, first),
              body(Met::no, false, first.reason, details(result, cause)),
              std::exchange(milliseconds, 0));
  }
  add_search_case(cases, result, counts);
  suites.add(result.scenario.name, counts, result.milliseconds, cases.text());
  return suites.document();
}

}  // namespace indoubt::reports
