#include "reports/compare/comparison.hpp"
#include "reports/compare/measures.hpp"

// The same figures, one to a line.
namespace indoubt::reports {
namespace {

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
  for (const std::string name : {"throughput", "goodput"}) {
    const auto rate = search::metric_value(result, name);
    lines.add("figure", name + "_milli", rate ? std::to_string(*rate) : "", {}, {}, runs);
  }
  if (result.metrics.turned_away != 0) add("turned_away", result.metrics.turned_away);
  add("messages", result.metrics.messages);
  add("forced_writes", result.metrics.forced_writes);
  if (!cell.commit_costs) return;
  add("formula_messages_per_order", cell.commit_costs->messages);
  add("formula_forced_writes_per_order", cell.commit_costs->forced_writes);
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

}  // namespace indoubt::reports
