#include "reports/junit_report.hpp"

#include <array>

#include "reports/xml.hpp"
#include "tests/reports/results.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::reports {
namespace {

using namespace testing;
using Found = properties::Verdict;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("xml: markup is escaped, and what XML cannot hold is left out", "[reports]") {
  CHECK(xml_text("a<b & \"c\">") == "a&lt;b &amp; &quot;c&quot;&gt;");
  CHECK(xml_text(std::string{"a\0b\x01\x1b[31m", 9}) == "ab[31m");
  CHECK(xml_text("✓\xff\xc3(\xed\xa0\x80\xef\xbf\xbe!") == "✓(!");
  CHECK(xml_text("a\nb") == "a\nb");
  CHECK(xml_tag("t", {{"k", "a\n'b'"}}) == "t k=\"a&#10;'b'\"");
}

TEST_CASE("junit report: failures, skipped ones, weaknesses and errors", "[reports]") {
  ScenarioResult result = scenario_with({"saga", "tcc"});
  result.cells[0].milliseconds = 1500;
  set_verdict(result, 0, Property::atomicity, Found::violated);
  set_verdict(result, 1, Property::atomicity, Found::holds);
  set_verdict(result, 0, Property::no_leak, Found::violated);
  expect(result, Expectation::Kind::property, "atomicity", {0, 1});
  expect(result, Expectation::Kind::property, "termination", {1});
  auto& weakness = expect(result, Expectation::Kind::property, "no-leak", {0});
  weakness.verdict = scenarios::Verdict::violated;
  weakness.why = "known & accepted";
  expect(result, Expectation::Kind::sometimes, "crash", {0, 1});
  check_expectations(result);
  const std::array<ScenarioResult, 1> results{result};
  const std::array<UnreadableFile, 1> unreadable{{{"bad.json", "bad.json:1:1: error: <x>"}}};
  const std::string xml = junit_report(results, unreadable);
  CHECK(has(
      xml,
      R"(<testsuites name="indoubt" tests="6" failures="2" errors="1" skipped="1" time="1.500">)"));
  CHECK(has(xml, R"(name="atomicity holds, protocol=saga" file="store-crash.json" time="1.500">)"));
  CHECK(has(xml, R"(<failure message="violated in 37 of 1,000 runs" type="expectation">)"));
  CHECK(has(xml, "replay: indoubt trace store-crash.json --seed 42 --protocol saga\n"));
  CHECK(has(xml, R"(name="atomicity holds, protocol=tcc" file="store-crash.json" time="0.000"/>)"));
  CHECK(has(xml, R"(<skipped message="inconclusive: unknown: checked in none of 1,000 runs"/>)"));
  CHECK(has(xml, "<system-out>expected: no-leak violated\n"));
  CHECK(has(xml, "why: known &amp; accepted\n"));
  CHECK(has(xml, R"(name="sometimes crash" file="store-crash.json")"));
  CHECK(has(xml, "error: &lt;x&gt;</error>"));
}

TEST_CASE("junit report: what is expected twice has two names", "[reports]") {
  ScenarioResult result = scenario_with({"saga"});
  set_verdict(result, 0, Property::atomicity, Found::holds);
  expect(result, Expectation::Kind::property, "atomicity", {0});
  expect(result, Expectation::Kind::property, "atomicity", {0});
  check_expectations(result);
  const std::string xml = junit_report(std::array<ScenarioResult, 1>{result}, {});
  CHECK(has(xml, R"(name="atomicity holds, saga" )"));
  CHECK(has(xml, R"(name="atomicity holds, saga #2" )"));
}

}  // namespace
}  // namespace indoubt::reports
