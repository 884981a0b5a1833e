#include <algorithm>

#include "reports/fault_text.hpp"
#include "reports/text/sections.hpp"
#include "reports/text/table.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

constexpr std::size_t most_rows = 60;

std::uint64_t orders_of(const protocols::Outcomes& outcomes) {
  return outcomes.placed + outcomes.not_placed + outcomes.unknown;
}

std::string latency(const protocols::CellResult& result, std::uint32_t percent) {
  const auto& histogram = result.metrics.commit_latency;
  return histogram.count() == 0 ? "-" : rounded(histogram.quantile(percent, 100));
}

std::vector<std::string> figures_row(const protocols::CellResult& result) {
  const std::uint64_t orders = orders_of(result.outcomes);
  return {grouped(result.outcomes.placed),
          grouped(result.outcomes.not_placed),
          grouped(result.outcomes.unknown),
          share(result.metrics.messages, orders),
          share(result.metrics.forced_writes, orders),
          latency(result, 50),
          latency(result, 99),
          rounded(result.metrics.max_hold)};
}

/// Notes that several cells share are told once, with how many they are about.
class Notes {
 public:
  void add(const std::string& text) {
    for (auto& [note, count] : notes_) {
      if (note != text) continue;
      ++count;
      return;
    }
    notes_.emplace_back(text, 1);
  }
  std::string text(std::size_t cells, const Style& style) const {
    std::string all;
    for (const auto& [note, count] : notes_) {
      const std::string where =
          count == cells ? "" : " (in " + std::to_string(count) + " of " + count_of(cells, "cell") + ")";
      all += wrapped(note + where, style.width, "  - ", "    ");
    }
    return all;
  }

 private:
  std::vector<std::pair<std::string, std::size_t>> notes_;
};

void note_faults(const scenarios::Cell& cell, const CellOutcome& outcome, Notes& notes) {
  const auto& faults = cell.deployment.faults;
  for (std::size_t i = 0; i < outcome.faults.size(); ++i) {
    if (outcome.result.runs == 0 || outcome.result.runs_with_fault[i] != 0) continue;
    const auto fault = std::find_if(faults.begin(), faults.end(), [&](const sim::NamedFault& named) {
      return named.id == outcome.faults[i];
    });
    notes.add("fault '" + outcome.faults[i] + "' never took place" +
              (fault == faults.end() ? "" : ": " + fault_text(*fault)));
  }
  for (const std::string& id : outcome.unapplied) {
    notes.add("fault '" + id + "' does not apply: " + cell.deployment.protocol.name +
              " lacks what it names");
  }
}

void note_debts(const CellOutcome& outcome, Notes& notes) {
  for (const properties::PropertyDoc& doc : properties::property_docs()) {
    const auto& found = outcome.result[doc.property];
    if (found.owed == 0) continue;
    notes.add(std::string{doc.name} + ": in " + part_of_runs(found.owed, outcome.result.runs) +
              " a node that is down for good still owes something; that counts neither way");
  }
}

}  // namespace

std::string figures_section(const ScenarioResult& result, const Style&) {
  if (result.cells.empty()) return {};
  using Align = Table::Align;
  Table table;
  for (const std::string& heading : cell_headings(result)) table.add_column(heading);
  for (const char* heading : {"placed", "not placed", "unknown", "msgs/order", "forces/order",
                              "p50", "p99", "max hold"}) {
    table.add_column(heading, Align::right);
  }
  for (const CellOutcome& cell : result.cells) {
    if (table.rows() == most_rows) break;
    std::vector<std::string> row = cell_entries(result, cell);
    for (std::string& entry : figures_row(cell.result)) row.push_back(std::move(entry));
    table.add_row(std::move(row));
  }
  return table.text("  ");
}

std::string notes_section(const ScenarioResult& result, const Style& style) {
  Notes notes;
  for (const CellOutcome& outcome : result.cells) {
    const scenarios::Cell& cell = result.cell_of(outcome);
    for (const std::string& note : cell.notes) notes.add(note);
    note_faults(cell, outcome, notes);
    note_debts(outcome, notes);
    if (outcome.result.nondeterminism) {
      notes.add("A BUG IN INDOUBT: " + *outcome.result.nondeterminism);
    }
  }
  return notes.text(result.cells.size(), style);
}

}  // namespace indoubt::reports
