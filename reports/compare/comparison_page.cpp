#include <nlohmann/json.hpp>

#include "reports/compare/comparison.hpp"
#include "reports/compare/comparison_object.hpp"
#include "reports/html/page.hpp"

namespace indoubt::reports {
namespace {

using Json = nlohmann::ordered_json;

Json finding_json(const ComparedFinding& finding) {
  Json json = {{"class", finding.of_class},
               {"cell", finding.cell},
               {"property", properties::name_of(finding.property)},
               {"seed", finding.seed},
               {"faults_before", finding.faults_before},
               {"faults", finding.faults},
               {"orders_before", finding.orders_before},
               {"orders", finding.orders},
               {"words", finding.words},
               {"reason", finding.reason},
               {"scenario", finding.scenario}};
  if (!finding.trace.empty()) json["trace"] = Json::parse(finding.trace, nullptr, false);
  return json;
}

}  // namespace

std::string comparison_page(const Comparison& comparison, const PageFacts& facts) {
  Json json = comparison_object(comparison);
  Json findings = Json::array();
  for (const ComparedFinding& finding : comparison.findings) {
    findings.push_back(finding_json(finding));
  }
  json["findings"] = std::move(findings);
  json["findings_left_out"] = comparison.findings_left_out;
  json["program"] = facts.program;
  json["arguments"] = facts.arguments;
  json["wall_clock"] = facts.wall_clock;
  const std::string title = json["title"].get<std::string>();
  return html_page({.title = title + " - indoubt",
                    .entry = "compare_page",
                    .data = json.dump(-1, ' ', false, Json::error_handler_t::replace)});
}

}  // namespace indoubt::reports
