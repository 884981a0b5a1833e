#include "reports/json_report.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "protocols/kit/settings.hpp"
#include "reports/outcome_json.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

using Json = nlohmann::ordered_json;
using search::CellResult;

Json strings(const scenarios::Bindings& bindings) {
  Json object = Json::object();
  for (const auto& [name, value] : bindings) object[name] = value;
  return object;
}

Json property_json(const search::PropertyResult& property) {
  Json json = Json::object();
  json["verdict"] = properties::name_of(property.verdict());
  json["checked"] = property.checked;
  json["violations"] = property.violations;
  json["owed"] = property.owed;
  json["first_seed"] = property.first_seed ? Json(*property.first_seed) : Json(nullptr);
  json["reason"] = property.violations != 0 ? Json(property.reason) : Json(nullptr);
  json["orders_violating"] = property.orders_violating;
  return json;
}

Json properties_json(const CellResult& result) {
  Json json = Json::object();
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    json[std::string{doc.name}] = property_json(result[doc.property]);
  }
  return json;
}

/// "_ns", "_milli", or nothing.
std::string_view suffix_of(sim::Unit unit) {
  switch (unit) {
    case sim::Unit::things: break;
    case sim::Unit::nanoseconds: return "_ns";
    case sim::Unit::milli_things_per_second: return "_milli";
  }
  return {};
}

/// Durations and rates are called by their unit; `commit_latency.p50` lies inside `commit_latency`.
void add_metric(Json& json, const CellResult& result, const search::MetricInfo& metric) {
  const std::string name{metric.name};
  const std::size_t dot = name.find('.');
  const std::string key =
      name.substr(dot == std::string::npos ? 0 : dot + 1) + std::string{suffix_of(metric.unit)};
  Json& parent = dot == std::string::npos ? json : json[name.substr(0, dot)];
  const auto value = search::metric_value(result, metric.name);
  parent[key] = value.value_or(0);
}

Json metrics_json(const CellResult& result) {
  constexpr std::array<std::string_view, 5> first{"messages", "forced_writes", "commit_latency",
                                                  "blocked_ns", "max_hold_ns"};
  Json json = Json::object();
  for (const std::string_view key : first) json[std::string{key}] = nullptr;
  for (const search::MetricInfo& metric : search::metric_infos()) {
    // A cell's events and outcomes stand beside its metrics, and some metrics are of some cells.
    const bool is_beside = metric.name == "events" || metric.name == "served_twice" ||
                           metric.name == "turned_away" || metric.name.starts_with("outcomes.");
    if (!is_beside) add_metric(json, result, metric);
  }
  return json;
}

/// Orders that were not placed in time, by what hindered them.
Json missed_json(const CellResult& result) {
  Json json = Json::object();
  for (std::size_t i = 0; i < properties::hindrance_count; ++i) {
    json[std::string{name_of(static_cast<properties::Hindrance>(i))}] = result.outcomes.missed[i];
  }
  return json;
}

Json settings_json(const scenarios::Cell& cell) {
  Json json = Json::object();
  for (const kit::Setting& setting : kit::settings_of(cell.deployment.protocol)) {
    json[std::string{setting.name}] = setting.value;
  }
  return json;
}

Json faults_json(const CellOutcome& outcome) {
  Json json = Json::array();
  for (std::size_t i = 0; i < outcome.faults.size(); ++i) {
    const search::FaultResult& fault = outcome.result.faults[i];
    json.push_back({{"id", outcome.faults[i]},
                    {"runs", fault.runs},
                    {"orders", fault.orders},
                    {"messages", fault.messages}});
  }
  return json;
}

/// What became of every order, run by run.
Json orders_json(const std::vector<search::RunOutcomes>& runs, const kit::Workload& workload) {
  Json json = Json::array();
  for (const search::RunOutcomes& run : runs) {
    Json orders = Json::array();
    for (const auto& [number, outcome] : run.orders)
      orders.push_back(Json::parse(outcome_json(number, workload.kind_of(number), outcome)));
    json.push_back({{"seed", run.seed}, {"orders", std::move(orders)}});
  }
  return json;
}

Json kinds_json(const CellResult& result, const kit::Workload& workload) {
  Json json = Json::array();
  for (std::size_t i = 0; i < workload.kinds.size(); ++i) {
    const properties::KindOutcomes& kind = result.outcomes.by_kind[i];
    json.push_back({{"kind", workload.kinds[i].name},
                    {"placed", kind.placed},
                    {"not_placed", kind.not_placed},
                    {"unknown", kind.unknown}});
  }
  return json;
}

Json cell_json(const scenarios::Cell& cell, const CellOutcome& outcome) {
  const CellResult& result = outcome.result;
  Json json = Json::object();
  json["protocol"] = cell.deployment.protocol.name();
  json["vars"] = strings(cell.vars);
  json["first_seed"] = result.first_seed;
  json["runs"] = result.runs;
  json["events"] = result.events;
  json["digest"] = digest_text(result.digest);
  json["outcomes"] = {{"placed", result.outcomes.placed},
                      {"not_placed", result.outcomes.not_placed},
                      {"unknown", result.outcomes.unknown}};
  if (!cell.deployment.workload.kinds.empty()) {
    json["outcomes_by_kind"] = kinds_json(result, cell.deployment.workload);
  }
  json["properties"] = properties_json(result);
  json["metrics"] = metrics_json(result);
  if (cell.deployment.workload.orders_per_client() > 1) {
    json["metrics"]["served_twice"] = result.metrics.served_twice;
  }
  if (has_bounded_queues(cell.deployment)) {
    json["metrics"]["turned_away"] = result.metrics.turned_away;
  }
  json["missed"] = missed_json(result);
  json["faults"] = faults_json(outcome);
  json["settings"] = settings_json(cell);
  if (!result.orders_by_run.empty())
    json["orders_by_run"] = orders_json(result.orders_by_run, cell.deployment.workload);
  return json;
}

Json judgement_json(const scenarios::Expectation& expectation, Met met) {
  Json json = Json::object();
  json["index"] = expectation.index;
  json["id"] = expectation.id;
  json["where"] = strings(expectation.where);
  json["met"] = met == Met::inconclusive ? Json(nullptr) : Json(met == Met::yes);
  return json;
}

}  // namespace

std::string json_report(const ScenarioResult& result) {
  Json json = Json::object();
  json["format"] = 1;
  json["scenario"] = result.scenario.name;
  json["cells"] = Json::array();
  for (const CellOutcome& outcome : result.cells) {
    json["cells"].push_back(cell_json(result.cell_of(outcome), outcome));
  }
  json["expectations"] = Json::array();
  for (const Judgement& judgement : result.judgements) {
    const auto& expectation = result.scenario.expectations[judgement.expectation];
    json["expectations"].push_back(judgement_json(expectation, judgement.met));
  }
  json["verdict"] = name_of(result.conclusion());
  // Not a key of whole results: the verdict of a part may be as final as that of the whole.
  if (result.is_interrupted) json["complete"] = false;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace indoubt::reports
