#include "reports/text/cell_table.hpp"
#include "reports/text/sections.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

std::string latency(const search::CellResult& result, std::uint32_t percent) {
  const auto& histogram = result.metrics.commit_latency;
  return histogram.count() == 0 ? "-" : rounded(histogram.quantile(percent, 100));
}

std::string placed(const CellOutcome& cell) { return grouped(cell.result.outcomes.placed); }
std::string not_placed(const CellOutcome& cell) { return grouped(cell.result.outcomes.not_placed); }
std::string unknown(const CellOutcome& cell) { return grouped(cell.result.outcomes.unknown); }
std::string messages(const CellOutcome& cell) {
  return share(cell.result.metrics.messages, orders_of(cell));
}
std::string forces(const CellOutcome& cell) {
  return share(cell.result.metrics.forced_writes, orders_of(cell));
}
std::string median(const CellOutcome& cell) { return latency(cell.result, 50); }
std::string percentile_99(const CellOutcome& cell) { return latency(cell.result, 99); }
std::string max_hold(const CellOutcome& cell) { return rounded(cell.result.metrics.max_hold); }

}  // namespace

std::string figures_section(const ScenarioResult& result, const Style& style) {
  if (result.cells.empty()) return {};
  constexpr auto right = Table::Align::right;
  const std::vector<CellColumn> columns{
      {"placed", right, placed},     {"not placed", right, not_placed}, {"unknown", right, unknown},
      {"messages", right, messages}, {"forces", right, forces},         {"p50", right, median},
      {"p99", right, percentile_99}, {"max hold", right, max_hold}};
  return wrapped(
             "Orders by outcome; messages and forced writes per order; time to placed; longest "
             "hold:",
             style.width, "  ") +
         cell_tables(result, columns, style);
}

}  // namespace indoubt::reports
