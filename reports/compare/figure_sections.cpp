#include <algorithm>
#include <cmath>

#include "reports/compare/measures.hpp"
#include "reports/compare/sections.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

constexpr auto right = Table::Align::right;

/// "+1.2 +/-0.3"; a difference that may be zero is in brackets.
std::string signed_text(const MeanDifference& difference, double unit = 1) {
  if (difference.count == 0) return "-";
  const auto tenths = [&](double value) {
    return static_cast<std::uint64_t>(std::llround(std::fabs(value) / unit * 10));
  };
  const std::uint64_t mean = tenths(difference.mean);
  const std::string sign = mean == 0 ? "" : difference.mean < 0 ? "-" : "+";
  if (!difference.half_width) return "(" + sign + share(mean, 10) + ")";
  const std::string text =
      sign + share(mean, 10) + " +/-" + share(tenths(*difference.half_width), 10);
  const bool is_same = difference.mean == 0 && *difference.half_width == 0;
  return is_same ? "same" : difference.is_clear() ? text : "(" + text + ")";
}

std::string discordant_text(const PairedDifference& difference) {
  std::string text;
  for (const auto& [property, here, there] : difference.discordant) {
    text += (text.empty() ? "" : ", ") + std::string{name_of(property)} + " +" +
            std::to_string(here) + " -" + std::to_string(there);
  }
  return text.empty() ? "same" : text;
}

std::string quantile(const CellOutcome& cell, std::uint32_t percent) {
  const bool has_any =
      cell.result.metrics.latencies.commit.count() + cell.result.outcomes.unknown != 0;
  if (!has_any) return "-";
  const auto latency = latency_with_unknown(cell, percent);
  return latency ? rounded(*latency) : "never";
}

std::string against(std::uint64_t sum, const CellOutcome& cell, std::uint64_t formula) {
  const std::string measured = share(sum, cell.result.outcomes.orders());
  return measured + " : " + std::to_string(formula) + ".0";
}

}  // namespace

void add_differences(const ScenarioResult& result, const std::string& heading,
                     std::vector<Section>& sections) {
  if (result.cells.size() < 2) return;
  const CellOutcome& first = result.cells.front();
  Section section{
      .title = heading + ": run by run against " + label_of(result.cell_of(first)),
      .note =
          "mean difference of runs with the same seed, and its 95% half-width, in brackets if it "
          "may be chance, as it always may with fewer than two pairs of runs; violations: +runs "
          "that violate it here only, -there only",
      .columns = {{"protocol"},
                  {"placed", right},
                  {"latency [ms]", right},
                  {"messages", right},
                  {"forces", right},
                  {"violations"}}};
  for (std::size_t i = 1; i < result.cells.size(); ++i) {
    const CellOutcome& cell = result.cells[i];
    const PairedDifference difference = paired(cell, first);
    section.rows.push_back({label_of(result.cell_of(cell)), signed_text(difference.placed),
                            signed_text(difference.latency_ns, 1e6),
                            signed_text(difference.messages), signed_text(difference.forced_writes),
                            discordant_text(difference)});
  }
  sections.push_back(std::move(section));
}

void add_latency(const ScenarioResult& result, const std::string& heading,
                 std::vector<Section>& sections) {
  Section section{
      .title = heading + ": outcomes, time to placed, time blocked and held",
      .note =
          "unknown: the client got no answer in time; p50 to p99: quantiles of orders that were "
          "placed or unknown; never: too few of these were placed",
      .columns = {{"protocol"},
                  {"placed", right},
                  {"not placed", right},
                  {"unknown", right},
                  {"p50", right},
                  {"p90", right},
                  {"p99", right},
                  {"blocked/order", right},
                  {"longest in doubt", right},
                  {"longest hold", right}}};
  for (const CellOutcome& cell : result.cells) {
    const search::Outcomes& outcomes = cell.result.outcomes;
    const auto orders =
        static_cast<std::int64_t>(std::max<std::uint64_t>(cell.result.outcomes.orders(), 1));
    section.rows.push_back({label_of(result.cell_of(cell)), grouped(outcomes.placed),
                            grouped(outcomes.not_placed), grouped(outcomes.unknown),
                            quantile(cell, 50), quantile(cell, 90), quantile(cell, 99),
                            rounded(cell.result.metrics.blocked / orders),
                            rounded(cell.result.metrics.longest_in_doubt.time),
                            rounded(cell.result.metrics.max_hold.time)});
  }
  sections.push_back(std::move(section));
}

void add_rates(const ScenarioResult& result, const std::string& heading,
               std::vector<Section>& sections) {
  const bool has_any = std::any_of(
      result.cells.begin(), result.cells.end(),
      [&](const CellOutcome& cell) { return kit::has_work(result.cell_of(cell).deployment); });
  if (!has_any) return;
  Section section{
      .title = heading + ": orders per simulated second",
      .note =
          "throughput: answered, were it too late; goodput: placed, and told so in "
          "time; turned away: messages that found a queue full, or waited past a "
          "deadline",
      .columns = {{"protocol"}, {"throughput", right}, {"goodput", right}, {"turned away", right}}};
  for (const CellOutcome& cell : result.cells) {
    section.rows.push_back({label_of(result.cell_of(cell)), rate_text(cell.result, "throughput"),
                            rate_text(cell.result, "goodput"),
                            grouped(cell.result.metrics.turned_away)});
  }
  sections.push_back(std::move(section));
}

void add_costs(const ScenarioResult& result, const std::string& heading,
               std::vector<Section>& sections) {
  Section section{
      .title = heading + ": costs of an order",
      .note =
          "measured : by the formula for an order that nothing disturbs, n services, F faults "
          "tolerated, nothing co-located",
      .columns = {{"protocol"}, {"messages", right}, {"forced writes", right}, {"messages by"}}};
  for (const CellOutcome& cell : result.cells) {
    const search::CellMetrics& metrics = cell.result.metrics;
    const std::string label = label_of(result.cell_of(cell));
    if (cell.commit_costs) {
      section.rows.push_back(
          {label, against(metrics.messages, cell, cell.commit_costs->messages),
           against(metrics.forced_writes, cell, cell.commit_costs->forced_writes),
           cell.commit_costs->formula});
    } else {
      section.rows.push_back({label, share(metrics.messages, cell.result.outcomes.orders()),
                              share(metrics.forced_writes, cell.result.outcomes.orders()), "-"});
    }
  }
  sections.push_back(std::move(section));
}

std::vector<Section> sections_of(std::span<const ScenarioResult> results, const Style& style) {
  std::vector<Section> sections;
  if (results.empty()) return sections;
  add_decision(results, style, sections);
  add_verdicts(results, style, sections);
  const std::vector<std::string> headings = headings_of(results);
  for (std::size_t i = 0; i < results.size(); ++i) {
    add_differences(results[i], headings[i], sections);
    add_latency(results[i], headings[i], sections);
    add_rates(results[i], headings[i], sections);
    add_costs(results[i], headings[i], sections);
  }
  return sections;
}

}  // namespace indoubt::reports
