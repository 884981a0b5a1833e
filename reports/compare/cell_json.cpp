#include "reports/compare/cell_json.hpp"

#include <algorithm>

#include "protocols/kit/settings.hpp"
#include "reports/compare/measures.hpp"
#include "reports/compare/questions.hpp"
#include "reports/compare/seed_ranges.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

using Json = nlohmann::ordered_json;
using properties::Histogram;
using properties::PropertyDecl;
using properties::PropertySet;
using search::CellDetail;

Json bound_json(const std::optional<std::int64_t>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json mean_json(const MeanDifference& mean, double scale) {
  const WholeMean parts = whole(mean, scale);
  return {{"mean", parts.mean},
          {"low", bound_json(parts.low)},
          {"high", bound_json(parts.high)},
          {"pairs", mean.count}};
}

Json paired_json(const PairedDifference& difference) {
  Json json = Json::object();
  json["placed_milli"] = mean_json(difference.placed, 1000);
  json["latency_ns"] = mean_json(difference.latency_ns, 1);
  json["messages_milli"] = mean_json(difference.messages, 1000);
  json["forced_writes_milli"] = mean_json(difference.forced_writes, 1000);
  Json violations = Json::object();
  for (const auto& [property, here, there] : difference.discordant) {
    violations[std::string{name_of(property)}] = {{"only_here", here}, {"only_there", there}};
  }
  json["violations"] = std::move(violations);
  return json;
}

/// What is 0 in most cells is left out there.
void add_unless_zero(Json& json, const char* key, std::uint64_t value) {
  if (value != 0) json[key] = value;
}

Json property_json(const search::CellResult& cell, const PropertyDecl& decl, std::uint64_t runs) {
  const search::PropertyResult& found = cell[decl.property];
  const Interval share = wilson(found.violations, std::max(found.checked, found.violations));
  Json json = {{"verdict", name_of(found.verdict())},
               {"checked", found.checked},
               {"violations", found.violations},
               {"low_ppm", share.low_ppm},
               {"high_ppm", share.high_ppm}};
  add_unless_zero(json, "owed", found.owed);
  add_unless_zero(json, "unknown", found.unknown);
  if (found.violations == 0) return json;
  json["orders_violating"] = found.orders_violating;
  json["first_seed"] = found.first_seed ? Json(*found.first_seed) : Json(nullptr);
  json["reason"] = found.reason;
  PropertySet only;
  only.add(decl.property);
  json["seeds"] = violating_ranges(cell, only, runs);
  return json;
}

Json properties_json(const search::CellResult& cell, std::uint64_t runs) {
  Json json = Json::object();
  for (const PropertyDecl& decl : properties::property_decls()) {
    json[std::string{decl.name}] = property_json(cell, decl, runs);
  }
  return json;
}

Json answers_json(const search::CellResult& cell, std::uint64_t runs) {
  Json json = Json::object();
  for (const Question& question : questions()) {
    const Pooled found = pooled(cell, question.pooled);
    const std::uint64_t violated = found.verdict == properties::Verdict::violated ? found.runs : 0;
    const Interval share = wilson(violated, found.judged);
    Json answer = {{"verdict", name_of(found.verdict)},
                   {"runs", found.runs},
                   {"judged", found.judged},
                   {"low_ppm", share.low_ppm},
                   {"high_ppm", share.high_ppm}};
    if (found.most) answer["most"] = name_of(*found.most);
    PropertySet pool;
    for (const properties::Property property : question.pooled) pool.add(property);
    if (violated != 0) answer["seeds"] = violating_ranges(cell, pool, runs);
    json[std::string{question.id}] = std::move(answer);
  }
  return json;
}

/// Quantiles of the times of `times` and of `more` that never end.
Json distribution_json(const Histogram& times, std::uint64_t more) {
  Json at = Json::array();
  const std::uint64_t all = times.count() + more;
  for (const std::uint32_t thousandths : given_quantiles) {
    const std::uint64_t rank = std::max<std::uint64_t>(1, (all * thousandths + 999) / 1000);
    at.push_back(rank > times.count() ? Json(nullptr) : Json(times.value_at(rank).count()));
  }
  return {{"count", times.count()}, {"never", more}, {"at_ns", std::move(at)}};
}

Json latency_json(const CellOutcome& cell) {
  Json json = Json::object();
  for (const std::uint32_t percent : {50u, 90u, 99u}) {
    const auto latency = latency_with_unknown(cell, percent);
    json["p" + std::to_string(percent) + "_ns"] = latency ? Json(latency->count()) : Json(nullptr);
  }
  if (const auto& detail = cell.result.detail) {
    json["answered"] = distribution_json(detail->answered, detail->unanswered);
    json["settled"] = distribution_json(detail->settled, detail->unsettled);
    json["settled"]["unmet"] = detail->unmet;
  }
  return json;
}

Json quantile_at(const search::ArrivalBin& bin, std::uint64_t percent) {
  const std::uint64_t rank = (bin.orders * percent + 99) / 100;
  if (rank == 0 || rank > bin.answered) return nullptr;
  return bin.latency.value_at(rank).count();
}

/// Orders by when they came; pieces after the last that has any are left out.
Json over_time_json(const CellDetail& detail, std::uint64_t runs) {
  if (detail.bin_width <= sim::Duration{}) return nullptr;
  std::size_t used = CellDetail::bins;
  while (used > 0 && detail.arrivals[used - 1].orders == 0) --used;
  Json json = {{"bin_ns", detail.bin_width.count()}};
  for (const char* key : {"orders", "placed", "answered", "p50_ns", "p90_ns", "faulted_permille"}) {
    json[key] = Json::array();
  }
  const std::int64_t whole = detail.bin_width.count() * static_cast<std::int64_t>(runs) / 1000;
  for (std::size_t i = 0; i < used; ++i) {
    const search::ArrivalBin& bin = detail.arrivals[i];
    json["orders"].push_back(bin.orders);
    json["placed"].push_back(bin.placed);
    json["answered"].push_back(bin.answered);
    json["p50_ns"].push_back(quantile_at(bin, 50));
    json["p90_ns"].push_back(quantile_at(bin, 90));
    json["faulted_permille"].push_back(bin.faulted.count() / std::max<std::int64_t>(whole, 1));
  }
  return json;
}

Json waits_json(const search::CellResult& result) {
  const search::CellMetrics& metrics = result.metrics;
  Json json = {{"blocked_ns", metrics.blocked.count()},
               {"longest_in_doubt_ns", metrics.longest_in_doubt.time.count()},
               {"max_hold_ns", metrics.max_hold.time.count()}};
  if (const auto& detail = result.detail) {
    json["in_doubt"] = distribution_json(detail->in_doubt, detail->still_in_doubt);
    json["holds"] = detail->holds;
    json["held_ns"] = detail->held.count();
  }
  return json;
}

/// Orders per second in thousandths, or null if nothing was measured.
Json rates_json(const search::CellResult& result) {
  Json json = Json::object();
  for (const std::string name : {"throughput", "goodput"}) {
    const auto rate = search::metric_value(result, name);
    json[name + "_milli"] = rate ? Json(*rate) : Json(nullptr);
  }
  json["turned_away"] = result.metrics.turned_away;
  return json;
}

Json costs_json(const CellOutcome& cell) {
  Json json = Json::object();
  json["messages"] = cell.result.metrics.messages;
  json["forced_writes"] = cell.result.metrics.forced_writes;
  Json formula = nullptr;
  if (cell.commit_costs) {
    formula = {{"messages_per_order", cell.commit_costs->messages},
               {"forced_writes_per_order", cell.commit_costs->forced_writes},
               {"messages", cell.commit_costs->formula}};
  }
  json["formula"] = std::move(formula);
  return json;
}

Json missed_json(const search::CellResult& result) {
  Json json = Json::object();
  for (std::size_t i = 0; i < properties::hindrance_count; ++i) {
    json[std::string{name_of(static_cast<properties::Hindrance>(i))}] = result.outcomes.missed[i];
  }
  return json;
}

Json faults_json(const CellOutcome& cell) {
  Json json = Json::array();
  for (std::size_t i = 0; i < std::min(cell.faults.size(), cell.result.faults.size()); ++i) {
    const search::FaultResult& fault = cell.result.faults[i];
    json.push_back({{"id", cell.faults[i]},
                    {"runs", fault.runs},
                    {"orders", fault.orders},
                    {"messages", fault.messages}});
  }
  return json;
}

Json settings_json(const kit::ProtocolChoice& protocol) {
  Json json = Json::object();
  for (const kit::Setting& setting : kit::settings_of(protocol)) {
    json[std::string{setting.name}] = setting.value;
  }
  return json;
}

}  // namespace

Json cell_json(const ScenarioResult& result, const CellOutcome& cell, std::uint64_t runs_listed) {
  const search::Outcomes& outcomes = cell.result.outcomes;
  const kit::ProtocolChoice& protocol = result.cell_of(cell).deployment.protocol;
  Json json = Json::object();
  json["protocol"] = protocol.name();
  json["label"] = label_of(result.cell_of(cell));
  json["cell"] = cell.number + 1;
  json["runs"] = cell.result.runs;
  json["digest"] = digest_text(cell.result.digest);
  json["outcomes"] = {{"placed", outcomes.placed},
                      {"not_placed", outcomes.not_placed},
                      {"unknown", outcomes.unknown}};
  json["missed"] = missed_json(cell.result);
  json["answers"] = answers_json(cell.result, runs_listed);
  json["properties"] = properties_json(cell.result, runs_listed);
  json["latency"] = latency_json(cell);
  if (const auto& detail = cell.result.detail) {
    json["over_time"] = over_time_json(*detail, cell.result.runs);
  }
  json.update(waits_json(cell.result));
  json.update(rates_json(cell.result));
  json["costs"] = costs_json(cell);
  json["faults"] = faults_json(cell);
  json["settings"] = settings_json(protocol);
  const bool is_first = &cell == &result.cells.front();
  json["paired"] = is_first ? Json(nullptr) : paired_json(paired(cell, result.cells.front()));
  return json;
}

}  // namespace indoubt::reports
