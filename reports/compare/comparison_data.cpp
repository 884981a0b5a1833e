#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/compare/comparison.hpp"
#include "reports/compare/measures.hpp"

// The same figures for machines.
namespace indoubt::reports {
namespace {

using Json = nlohmann::ordered_json;
using properties::PropertyDecl;

/// A field of a CSV file (RFC 4180).
std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return std::string{text};
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + "\"";
}

/// The lines of one cell.
class CsvLines {
 public:
  CsvLines(const std::string& scenario, const ScenarioResult& result, const CellOutcome& cell)
      : prefix_{csv_field(scenario) + "," +
                csv_field(result.cell_of(cell).deployment.protocol.name()) + "," +
                csv_field(label_of(result.cell_of(cell)))} {}

  void add(std::string_view measure, std::string_view name, const std::string& value,
           const std::string& low = {}, const std::string& high = {}, std::uint64_t count = 0) {
    text_ += prefix_ + "," + std::string{measure} + "," + std::string{name} + "," + value + "," +
             low + "," + high + "," + std::to_string(count) + "\n";
  }
  const std::string& text() const { return text_; }

 private:
  std::string prefix_;
  std::string text_;
};

void add_figures(CsvLines& lines, const CellOutcome& cell) {
  const search::CellResult& result = cell.result;
  const std::uint64_t runs = result.runs;
  const auto add = [&](std::string_view name, auto value) {
    lines.add("figure", name, std::to_string(value), {}, {}, runs);
  };
  add("placed", result.outcomes.placed);
  add("not_placed", result.outcomes.not_placed);
  add("unknown", result.outcomes.unknown);
  for (const std::uint32_t percent : {50u, 90u, 99u}) {
    const auto latency = latency_with_unknown(cell, percent);
    const std::string name = "latency_p" + std::to_string(percent) + "_ns";
    lines.add("figure", name, latency ? std::to_string(latency->count()) : "", {}, {}, runs);
  }
  add("blocked_ns", result.metrics.blocked.count());
  add("longest_in_doubt_ns", result.metrics.longest_in_doubt.time.count());
  add("max_hold_ns", result.metrics.max_hold.time.count());
  add("messages", result.metrics.messages);
  add("forced_writes", result.metrics.forced_writes);
  if (!cell.commit_costs) return;
  add("formula_messages_per_order", cell.commit_costs->messages);
  add("formula_forced_writes_per_order", cell.commit_costs->forced_writes);
}

/// A mean in whole parts, and between which ones the true mean lies, if that can be told.
struct WholeMean {
  std::int64_t mean = 0;
  std::optional<std::int64_t> low{};
  std::optional<std::int64_t> high{};
};

WholeMean whole(const MeanDifference& mean, double scale) {
  WholeMean result{.mean = std::llround(mean.mean * scale)};
  if (!mean.half_width) return result;
  result.low = std::llround((mean.mean - *mean.half_width) * scale);
  result.high = std::llround((mean.mean + *mean.half_width) * scale);
  return result;
}

std::string field(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : "";
}

/// Thousandths, because a mean of counts is seldom whole.
void add_mean(CsvLines& lines, std::string_view name, const MeanDifference& mean, double scale) {
  const WholeMean parts = whole(mean, scale);
  lines.add("paired", name, std::to_string(parts.mean), field(parts.low), field(parts.high),
            mean.count);
}

void add_paired(CsvLines& lines, const PairedDifference& difference) {
  add_mean(lines, "placed_milli", difference.placed, 1000);
  add_mean(lines, "latency_ns", difference.latency_ns, 1);
  add_mean(lines, "messages_milli", difference.messages, 1000);
  add_mean(lines, "forced_writes_milli", difference.forced_writes, 1000);
}

std::string cell_csv(const std::string& scenario, const ScenarioResult& result,
                     const CellOutcome& cell) {
  CsvLines lines{scenario, result, cell};
  for (const PropertyDecl& doc : properties::property_decls()) {
    const search::PropertyResult& found = cell.result[doc.property];
    const std::uint64_t judged = std::max(found.checked, found.violations);
    const Interval share = wilson(found.violations, judged);
    lines.add(name_of(found.verdict()), doc.name, std::to_string(found.violations),
              std::to_string(share.low_ppm), std::to_string(share.high_ppm), judged);
  }
  add_figures(lines, cell);
  if (&cell != &result.cells.front()) add_paired(lines, paired(cell, result.cells.front()));
  return lines.text();
}

Json mean_json(const MeanDifference& mean, double scale) {
  const WholeMean parts = whole(mean, scale);
  const auto bound = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
  return {{"mean", parts.mean},
          {"low", bound(parts.low)},
          {"high", bound(parts.high)},
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

Json properties_json(const CellOutcome& cell) {
  Json json = Json::object();
  for (const PropertyDecl& doc : properties::property_decls()) {
    const search::PropertyResult& found = cell.result[doc.property];
    const Interval share = wilson(found.violations, std::max(found.checked, found.violations));
    json[std::string{doc.name}] = {{"verdict", name_of(found.verdict())},
                                   {"checked", found.checked},
                                   {"violations", found.violations},
                                   {"low_ppm", share.low_ppm},
                                   {"high_ppm", share.high_ppm}};
  }
  return json;
}

Json latency_json(const CellOutcome& cell) {
  Json json = Json::object();
  for (const std::uint32_t percent : {50u, 90u, 99u}) {
    const auto latency = latency_with_unknown(cell, percent);
    json["p" + std::to_string(percent) + "_ns"] = latency ? Json(latency->count()) : Json(nullptr);
  }
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

Json cell_json(const ScenarioResult& result, const CellOutcome& cell) {
  const search::Outcomes& outcomes = cell.result.outcomes;
  Json json = Json::object();
  json["protocol"] = result.cell_of(cell).deployment.protocol.name();
  json["label"] = label_of(result.cell_of(cell));
  json["runs"] = cell.result.runs;
  json["outcomes"] = {{"placed", outcomes.placed},
                      {"not_placed", outcomes.not_placed},
                      {"unknown", outcomes.unknown}};
  json["properties"] = properties_json(cell);
  json["latency"] = latency_json(cell);
  json["blocked_ns"] = cell.result.metrics.blocked.count();
  json["longest_in_doubt_ns"] = cell.result.metrics.longest_in_doubt.time.count();
  json["max_hold_ns"] = cell.result.metrics.max_hold.time.count();
  json["costs"] = costs_json(cell);
  const bool is_first = &cell == &result.cells.front();
  json["paired"] = is_first ? Json(nullptr) : paired_json(paired(cell, result.cells.front()));
  return json;
}

}  // namespace

std::string comparison_csv(const Comparison& comparison) {
  std::string text = "scenario,protocol,cell,measure,name,value,low,high,count\n";
  const std::vector<std::string> names = names_of(comparison.results);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const ScenarioResult& result = comparison.results[i];
    for (const CellOutcome& cell : result.cells) text += cell_csv(names[i], result, cell);
  }
  return comparison.is_complete ? text : text + ",,,partial,,,,,0\n";
}

std::string comparison_json(const Comparison& comparison) {
  Json list = Json::array();
  const std::vector<std::string> names = names_of(comparison.results);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const ScenarioResult& result = comparison.results[i];
    Json cells = Json::array();
    for (const CellOutcome& cell : result.cells) cells.push_back(cell_json(result, cell));
    list.push_back({{"scenario", names[i]}, {"cells", std::move(cells)}});
  }
  const Json json = {
      {"format", 1}, {"scenarios", std::move(list)}, {"complete", comparison.is_complete}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace indoubt::reports
