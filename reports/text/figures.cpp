#include <algorithm>

#include "reports/compare/measures.hpp"
#include "reports/text/cell_table.hpp"
#include "reports/text/sections.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

/// As `compare` has it: an order whose client got no answer took longer than any other.
std::string latency(const CellOutcome& cell, std::uint32_t percent) {
  if (cell.result.metrics.latencies.commit.count() == 0) return "-";
  const auto found = latency_with_unknown(cell, percent);
  return found ? rounded(*found) : "never";
}

std::string placed(const CellOutcome& cell) { return grouped(cell.result.outcomes.placed); }
std::string not_placed(const CellOutcome& cell) { return grouped(cell.result.outcomes.not_placed); }
std::string unknown(const CellOutcome& cell) { return grouped(cell.result.outcomes.unknown); }
std::string messages(const CellOutcome& cell) {
  return share(cell.result.metrics.messages, cell.result.outcomes.orders());
}
std::string forces(const CellOutcome& cell) {
  return share(cell.result.metrics.forced_writes, cell.result.outcomes.orders());
}
std::string median(const CellOutcome& cell) { return latency(cell, 50); }
std::string percentile_99(const CellOutcome& cell) { return latency(cell, 99); }
std::string max_hold(const CellOutcome& cell) { return rounded(cell.result.metrics.max_hold.time); }
std::string in_doubt(const CellOutcome& cell) {
  return rounded(cell.result.metrics.longest_in_doubt.time);
}

/// "12 out of stock, 3 declined": why the orders of a cell were not placed, or nothing.
std::string causes(const CellOutcome& cell) {
  std::string text;
  for (std::size_t i = 0; i < properties::hindrance_count; ++i) {
    const std::uint64_t orders = cell.result.outcomes.missed[i];
    if (orders == 0) continue;
    text += (text.empty() ? "" : ", ") + grouped(orders) + " " +
            std::string{name_of(static_cast<properties::Hindrance>(i))};
  }
  return text.empty() ? "-" : text;
}

bool are_all_placed(const ScenarioResult& result) {
  return std::all_of(result.cells.begin(), result.cells.end(), [](const CellOutcome& cell) {
    return cell.result.outcomes.not_placed + cell.result.outcomes.unknown == 0;
  });
}

/// One line of a list with one for each cell that has something to say.
std::string cell_line(const ScenarioResult& result, const CellOutcome& cell,
                      const std::string& says, const Style& style) {
  const std::string which = result.cells.size() == 1 ? "" : cell_words(result.cell_of(cell)) + ": ";
  return wrapped(which + says, style.width, "  - ", "    ");
}

/// "delivery 297 of 300, gift 300 of 300": the orders of each kind that were placed.
std::string placed_by_kind(const CellOutcome& cell, const kit::Workload& workload) {
  std::string text;
  for (std::size_t i = 0; i < workload.kinds.size(); ++i) {
    const properties::KindOutcomes& kind = cell.result.outcomes.by_kind[i];
    text += (text.empty() ? "" : ", ") + workload.kinds[i].name + " " + grouped(kind.placed) +
            " of " + grouped(kind.placed + kind.not_placed + kind.unknown);
  }
  return text.empty() ? "-" : text;
}

/// One line a cell, where orders are of several kinds, and cells are few: JSON has them all.
std::string kinds_list(const ScenarioResult& result, const Style& style) {
  constexpr std::size_t most_cells = 24;
  std::string text;
  if (result.cells.size() > most_cells) return text;
  for (const CellOutcome& cell : result.cells) {
    const kit::Workload& workload = result.cell_of(cell).deployment.workload;
    if (workload.kinds.empty()) continue;
    text += cell_line(result, cell, placed_by_kind(cell, workload), style);
  }
  if (text.empty()) return text;
  return "\n" + wrapped("Placed, of the orders of each kind:", style.width, "  ") + text;
}

/// One line a cell, where a client's request under a fresh key is an order of its own.
std::string served_twice_list(const ScenarioResult& result, const Style& style) {
  std::string text;
  for (const CellOutcome& cell : result.cells) {
    if (result.cell_of(cell).deployment.workload.orders_per_client() == 1) continue;
    text += cell_line(result, cell, grouped(cell.result.metrics.served_twice), style);
  }
  if (text.empty()) return text;
  return "\n" +
         wrapped("Clients served twice, by two requests under different keys:", style.width, "  ") +
         text;
}

std::string throughput(const CellOutcome& cell) { return rate_text(cell.result, "throughput"); }
std::string goodput(const CellOutcome& cell) { return rate_text(cell.result, "goodput"); }
std::string turned_away(const CellOutcome& cell) {
  return grouped(cell.result.metrics.turned_away);
}

/// Where messages take time, which bounds how many orders are served.
std::string rates_table(const ScenarioResult& result, const Style& style) {
  constexpr auto right = Table::Align::right;
  const auto any_cell = [&](bool (*has)(const kit::Deployment&)) {
    return std::any_of(result.cells.begin(), result.cells.end(), [&](const CellOutcome& cell) {
      return has(result.cell_of(cell).deployment);
    });
  };
  if (!any_cell(kit::has_work)) return {};
  std::vector<CellColumn> columns{{"throughput", right, throughput}, {"goodput", right, goodput}};
  if (any_cell(kit::has_bounded_queues)) columns.push_back({"turned away", right, turned_away});
  return "\n" +
         wrapped(
             "Orders answered, and placed in time, per simulated second; messages that found "
             "a queue full, or waited there past a deadline:",
             style.width, "  ") +
         cell_tables(result, columns, style);
}

std::string causes_table(const ScenarioResult& result, const Style& style) {
  if (are_all_placed(result)) return {};
  return "\n" + wrapped("Why orders were not placed in time:", style.width, "  ") +
         cell_tables(result, {{"not placed in time", Table::Align::left, causes}}, style);
}

}  // namespace

std::string figures_section(const ScenarioResult& result, const Style& style) {
  if (result.cells.empty()) return {};
  constexpr auto right = Table::Align::right;
  const std::vector<CellColumn> columns{
      {"placed", right, placed},     {"not placed", right, not_placed},
      {"unknown", right, unknown},   {"messages", right, messages},
      {"forces", right, forces},     {"p50", right, median},
      {"p99", right, percentile_99}, {"max hold", right, max_hold},
      {"in doubt", right, in_doubt}};
  return wrapped(
             "Orders by outcome; messages and forced writes per order; time to placed, of orders "
             "that were placed or got no answer; longest time held and in doubt:",
             style.width, "  ") +
         cell_tables(result, columns, style) + kinds_list(result, style) +
         served_twice_list(result, style) + rates_table(result, style) +
         causes_table(result, style);
}

}  // namespace indoubt::reports
