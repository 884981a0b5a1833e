#include "reports/trace/trace_html.hpp"

#include <nlohmann/json.hpp>

#include "reports/html/page.hpp"
#include "reports/trace/trace_json.hpp"
#include "reports/trace/trace_text.hpp"

namespace indoubt::reports {

std::string trace_html(const std::vector<TracePageRun>& runs) {
  nlohmann::json scenarios = nlohmann::json::array();
  std::string traces;
  for (const TracePageRun& run : runs) {
    traces += (traces.empty() ? "" : ",\n") + trace_json(run.trace);
    scenarios.push_back(run.scenario);
  }
  const RunTrace& first = runs.front().trace;
  return html_page(
      {.title = first.scenario + ", " + what_ran_text(first) + " · indoubt",
       .entry = "trace_page",
       .data = "{\"runs\": [" + traces + "], \"scenarios\": " + scenarios.dump() + "}"});
}

}  // namespace indoubt::reports
