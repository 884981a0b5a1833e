#include <nlohmann/json.hpp>

#include "reports/explore_report.hpp"
#include "reports/words.hpp"
#include "sim/world/fault.hpp"

namespace indoubt::reports {
namespace {

using Json = nlohmann::ordered_json;

Json menu_json(std::uint32_t actions) {
  Json menu = Json::array();
  sim::for_each_name(actions, [&](std::string_view name) { menu.push_back(name); });
  return menu;
}

/// In how many runs each thing was seen.
Json seen_json(const RandomCoverage& coverage) {
  Json json = Json::object();
  json["facts"] = Json::object();
  for (std::size_t i = 0; i < sim::scenario_fact_count; ++i) {
    json["facts"][std::string{sim::name_of(static_cast<sim::FactKind>(i))}] =
        coverage.runs_with_fact[i];
  }
  json["faults"] = Json::object();
  for (std::size_t i = 0; i < sim::action_count; ++i) {
    json["faults"][std::string{sim::name_of(static_cast<sim::Action>(i))}] =
        coverage.runs_with_action[i];
  }
  return json;
}

/// `cause` counts from 1: findings of one cause are one finding with variants.
Json finding_json(const ExploreResult& result, const ExploreFinding& finding, std::size_t cause) {
  Json json = Json::object();
  json["property"] = properties::name_of(finding.property);
  json["faults"] = finding.faults.size();
  json["order"] = finding.order.size();
  json["reason"] = finding.reason;
  json["file"] = finding.file.empty() ? Json(nullptr) : Json(finding.file);
  json["cell"] = finding.cell + 1;
  json["protocol"] = result.scenario.cells[finding.cell].deployment.protocol.name();
  json["seed"] = finding.seed;
  json["cause"] = cause;
  json["shape"] = finding.shape.text();
  if (finding.missing.empty()) return json;
  json["missing"] = finding.missing;
  json["violated"] = finding.violated;
  json["runs"] = finding.runs;
  return json;
}

std::size_t cause_of(const std::vector<FindingsOfCause>& causes, const ExploreFinding& finding) {
  const auto has_it = [&](const FindingsOfCause& cause) {
    return std::find(cause.findings.begin(), cause.findings.end(), &finding) !=
           cause.findings.end();
  };
  return static_cast<std::size_t>(std::find_if(causes.begin(), causes.end(), has_it) -
                                  causes.begin()) +
         1;
}

/// What was left out of each cell, and which properties it breaks as it is.
Json safeguards_json(const ExploreResult& result) {
  Json cells = Json::array();
  for (const SafeguardCoverage& cell : result.safeguards) {
    Json json = Json::object();
    json["cell"] = cell.cell + 1;
    json["protocol"] = result.scenario.cells[cell.cell].deployment.protocol.name();
    json["safeguards"] = cell.safeguards;
    json["sets"] = cell.sets;
    json["impossible"] = cell.impossible;
    json["complete"] = cell.is_complete;
    json["broken_anyway"] = Json::array();
    for (const properties::PropertyDecl& decl : properties::property_decls()) {
      if (cell.broken_anyway.has(decl.property)) json["broken_anyway"].push_back(decl.name);
    }
    cells.push_back(std::move(json));
  }
  return cells;
}

Json unjudged_json(const ExploreResult& result, const UnjudgedRuns& unjudged) {
  const sim::Limits& limits = result.scenario.cells[unjudged.cell].deployment.limits;
  Json json = Json::object();
  json["cell"] = unjudged.cell + 1;
  json["runs"] = unjudged.runs;
  json["properties"] = Json::object();
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    const std::uint64_t runs = unjudged.unjudged[properties::index_of(doc.property)];
    if (runs != 0) json["properties"][std::string{doc.name}] = runs;
  }
  json["blind"] = Json::array();
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    if (unjudged.blind.has(doc.property)) json["blind"].push_back(doc.name);
  }
  json["drain_ns"] = limits.drain.count();
  json["events"] = limits.events;
  return json;
}

/// How far a search over orders came, stage by stage. `disorder` is null where all orders were
/// searched.
Json orders_json(const CellOrders& cell) {
  const auto complete_faults = cell.result.complete_faults();
  Json json{{"cell", cell.cell + 1},
            {"complete", cell.result.is_complete},
            {"done", cell.result.is_done},
            {"complete_faults", complete_faults ? Json(*complete_faults) : Json(nullptr)},
            {"rounds", cell.most_instants},
            {"unfair", cell.result.unfair},
            {"stages", Json::array()}};
  for (const search::StageResult& stage : cell.result.stages) {
    const auto& disorder = stage.stage.disorder;
    json["stages"].push_back({{"faults", stage.stage.faults},
                              {"disorder", disorder ? Json(*disorder) : Json(nullptr)},
                              {"states", stage.states},
                              {"transitions", stage.transitions},
                              {"ends", stage.ends},
                              {"cut_paths", stage.cut_paths},
                              {"done", stage.is_done}});
  }
  return json;
}

}  // namespace

/// The keys that every search has come first, then what this strategy has to add.
std::string explore_json(const ExploreResult& result) {
  Json json = Json::object();
  json["format"] = 1;
  json["strategy"] = !result.is_exhaustive     ? "random"
                     : result.is_over_orders() ? "orders"
                                               : "exhaustive";
  json["seed"] = result.seed;
  if (result.is_about_safeguards()) {
    json["max_missing"] = result.most_missing;
    json["safeguards"] = safeguards_json(result);
  }
  json["menu"] = menu_json(result.actions);
  if (result.is_exhaustive) {
    json["max_faults"] = result.exhaustive.most_faults;
    json["complete"] = result.exhaustive.is_complete;
    if (result.is_over_orders()) {
      json["orders"] = Json::array();
      for (const CellOrders& cell : result.orders) json["orders"].push_back(orders_json(cell));
    } else {
      json["injection_points"] = result.exhaustive.injection_points;
      json["schedules"] = result.exhaustive.schedules;
    }
  } else {
    json["runs"] = result.random.runs;
  }
  json["distinct_digests"] = result.distinct_digests;
  json["violations"] = Json::array();
  const std::vector<FindingsOfCause> causes = result.causes();
  for (const ExploreFinding& finding : result.findings) {
    json["violations"].push_back(finding_json(result, finding, cause_of(causes, finding)));
  }
  json["scenario"] = result.scenario.name;
  json["cells"] = result.cells.size();
  json["inconclusive"] = result.is_inconclusive();
  json["unjudged"] = Json::array();
  for (const UnjudgedRuns& unjudged : result.unjudged) {
    json["unjudged"].push_back(unjudged_json(result, unjudged));
  }
  json["unseen"] = Json::array();
  for (const scenarios::Expectation* expectation : result.unseen()) {
    json["unseen"].push_back({{"index", expectation->index}, {"id", expectation->id}});
  }
  json["cells_left"] = result.cells_left;
  json["interrupted"] = result.is_interrupted;
  json["events"] = result.events;
  if (!result.is_exhaustive) {
    json["digest"] = digest_text(result.random.digest);
    if (!result.is_about_safeguards()) json["seen"] = seen_json(result.random);
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace indoubt::reports
