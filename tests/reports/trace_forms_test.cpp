#include <algorithm>
#include <regex>
#include <sstream>

#include "reports/html/page.hpp"
#include "reports/trace/folding.hpp"
#include "reports/trace/mermaid.hpp"
#include "reports/trace/shiviz.hpp"
#include "reports/trace/story.hpp"
#include "reports/trace/trace_html.hpp"
#include "reports/trace/trace_json.hpp"
#include "reports/trace/trace_text.hpp"
#include "tests/reports/traced.hpp"
#include "tests/support/catch.hpp"

// Forms in which a run is told. That other tools read them is tested with the pages.
namespace indoubt::reports {
namespace {

using namespace indoubt::reports::testing;
using namespace std::chrono_literals;

/// Two services that ask for ever.
kit::Deployment coordinator_lost() {
  return test::with_faults(test::deployment("two-phase-commit"),
                           {test::crash_at("orders", 25ms, sim::Keep::forced, {})});
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::size_t count_in(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("trace: retries are told once, with their number", "[reports]") {
  const RunTrace trace = traced(coordinator_lost());
  const std::string text = trace_text(trace, {});
  CHECK(count_in(text, "its timer inquiry_due fires") < 8);
  CHECK(count_in(text, "more like it, the last at") >= 2);
  const auto all = story_lines(trace);
  const auto told = folded(all, trace);
  CHECK(told.size() < all.size() / 3);
}

TEST_CASE("trace: what writes, decides or comes between is never folded away", "[reports]") {
  const RunTrace trace = traced(coordinator_lost());
  const std::vector<Index> first = alike(trace);
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    if (first[i] == none) continue;
    const TraceStep& step = trace.steps[i];
    const TraceStep& like = trace.steps[first[i]];
    CHECK(step.node == like.node);
    CHECK(step.kind == like.kind);
    CHECK(step.order == like.order);
    CHECK_FALSE(befalls(step.type));
    for (const TraceEffect& effect : step.effects) {
      CHECK(effect.type != TraceEffect::Type::write);
      CHECK(effect.type != TraceEffect::Type::fact);
    }
  }
  // Lines are left out, and never moved: those that stay are in order.
  const auto told = folded(story_lines(trace), trace);
  CHECK(std::is_sorted(told.begin(), told.end(), [](const StoryLine& one, const StoryLine& other) {
    return one.time < other.time;
  }));
}

TEST_CASE("trace: a diagram of Mermaid has room for some arrows, and says what is left out",
          "[reports]") {
  const RunTrace trace = traced(test::deployment("two-phase-commit", 8, 2));
  RunTrace both = trace;
  both.followed = {1, 2};
  const std::string text = trace_mermaid(both);
  const std::size_t arrows = count_in(text, "->>") + count_in(text, "-x");
  CHECK(arrows == most_mermaid_arrows);
  CHECK(count_in(text, " are left out: a diagram has room for 60") == 1);
  CHECK(count_in(trace_mermaid(traced(coordinator_lost())), "left out") == 0);
  both.nodes[0].name = "a;b#c%<d>";
  CHECK(count_in(trace_mermaid(both), " as a#59;b#35;c#37;#60;d#62;\n") == 1);
}

TEST_CASE("trace: two runs in a log for ShiViz have names of their own", "[reports]") {
  const RunTrace trace = traced(test::deployment("saga"));
  const auto one = lines_of(trace_shiviz({trace}));
  CHECK(one[0] == "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})");
  CHECK(one[1].empty());
  const std::string two = trace_shiviz({trace, trace});
  CHECK(lines_of(two)[1] == "^=== (?<trace>.*) ===$");
  CHECK(count_in(two, "\n=== 1: by-hand, saga") == 1);
  CHECK(count_in(two, "\n=== 2: by-hand, saga") == 1);
}

TEST_CASE("trace: the same run gives the same bytes in every form", "[reports]") {
  const RunTrace one = traced(coordinator_lost());
  const RunTrace other = traced(coordinator_lost());
  CHECK(trace_json(one) == trace_json(other));
  CHECK(trace_html({{one, "{}"}}) == trace_html({{other, "{}"}}));
  CHECK(trace_shiviz({one}) == trace_shiviz({other}));
}

TEST_CASE("page: what could end its elements stays text", "[reports]") {
  CHECK(json_in_page(R"({"name": "</script><b>"})") == R"({"name": "\u003c/script>\u003cb>"})");
  CHECK(html_text("a < b & c") == "a &lt; b &amp; c");
  RunTrace trace = traced(test::deployment("saga"));
  trace.scenario = "</title></script><b>bold</b>";
  trace.nodes[0].name = "<!--<script>";
  const std::string page = trace_html({{trace, "</script>"}});
  CHECK(count_in(page, "<b>") == 0);
  CHECK(count_in(page, "</script>") == count_in(page, "<script "));
  CHECK(count_in(page, "<!--") == 0);
}

}  // namespace indoubt::reports
