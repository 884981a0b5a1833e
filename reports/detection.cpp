#include "reports/detection.hpp"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "reports/markdown.hpp"
#include "reports/text/table.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

using Json = nlohmann::ordered_json;

struct Column {
  std::string heading;
  Table::Align align;
  std::function<std::string(const MutantDetection&)> entry;
};

std::string property_of(const MutantDetection& row) {
  const search::Detection& detection = row.detection;
  if (detection.exhaustive.is_found) return std::string{name_of(detection.exhaustive.property)};
  return detection.random.property ? std::string{name_of(*detection.random.property)} : "-";
}

std::string property_text(const MutantDetection& row) {
  return property_of(row) + (row.is_weak && row.is_found() ? " (*)" : "");
}

std::string random_text(const MutantDetection& row) {
  const search::RandomDetection& random = row.detection.random;
  return std::to_string(random.successes) + "/" + std::to_string(random.searches);
}

std::string runs_text(const MutantDetection& row) {
  const auto& runs = row.detection.random.runs;
  return runs ? grouped(*runs) : "-";
}

std::string time_text(const MutantDetection& row) {
  const auto& time = row.detection.random.microseconds;
  return time ? rounded(std::chrono::microseconds{*time}) : "-";
}

const std::vector<Column>& columns_of_table() {
  using Align = Table::Align;
  static const std::vector<Column> all{
      {"mutant", Align::left, [](const MutantDetection& row) { return row.mutant; }},
      {"protocol", Align::left, [](const MutantDetection& row) { return row.protocol; }},
      {"seen in", Align::left,
       [](const MutantDetection& row) { return row.scenario.empty() ? "-" : row.scenario; }},
      {"violates", Align::left, property_text},
      {"faults", Align::right,
       [](const MutantDetection& row) {
         const auto& found = row.detection.exhaustive;
         return found.is_found ? std::to_string(found.faults) : "-";
       }},
      {"schedules", Align::right,
       [](const MutantDetection& row) {
         const auto& found = row.detection.exhaustive;
         return found.is_found ? grouped(found.schedules) : "-";
       }},
      {"random", Align::right, random_text},
      {"runs", Align::right, runs_text},
      {"time", Align::right, time_text},
  };
  return all;
}

/// The table's rows: of the mutants that were found.
std::vector<std::vector<std::string>> entries_of(std::span<const MutantDetection> rows) {
  std::vector<std::vector<std::string>> all;
  for (const MutantDetection& row : rows) {
    if (!row.is_found()) continue;
    std::vector<std::string>& entries = all.emplace_back();
    for (const Column& column : columns_of_table()) entries.push_back(column.entry(row));
  }
  return all;
}

/// Mutants that were not seen at all, by the reason: in the table they would be rows without
/// figures.
std::string names_of(std::span<const MutantDetection> rows, bool are_equivalent) {
  std::string names;
  for (const MutantDetection& row : rows) {
    if (row.is_found() || row.detection.is_equivalent != are_equivalent) continue;
    names += (names.empty() ? "" : ", ") + row.mutant + " (" + row.protocol + ")";
  }
  return names;
}

std::string summary_text(std::span<const MutantDetection> rows) {
  const auto count = [&](auto&& is_so) {
    return std::to_string(std::count_if(rows.begin(), rows.end(), is_so));
  };
  return count([](const MutantDetection& row) { return row.is_found(); }) + " of " +
         count_of(rows.size(), "mutant") + " found: " + count([](const MutantDetection& row) {
           return row.detection.exhaustive.is_found && row.detection.random.successes != 0;
         }) +
         " by both strategies, " + count([](const MutantDetection& row) {
           return row.detection.exhaustive.is_found && row.detection.random.successes == 0;
         }) +
         " by exhaustive search alone, " + count([](const MutantDetection& row) {
           return !row.detection.exhaustive.is_found && row.detection.random.successes != 0;
         }) +
         " by random search alone; " +
         count([](const MutantDetection& row) { return row.detection.is_equivalent; }) +
         " behave as the correct code does";
}

bool has_weak(std::span<const MutantDetection> rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [](const MutantDetection& row) { return row.is_weak && row.is_found(); });
}

constexpr std::string_view weak =
    "(*) The correct code violates this property as well, under other faults: the mistake may only "
    "have "
    "shifted when";
constexpr std::string_view open_question = "Found by no strategy, though something differs";
constexpr std::string_view equivalent =
    "Equivalent as far as was tried (no schedule came out otherwise than in the correct code)";

}  // namespace

std::string detection_text(std::span<const MutantDetection> rows, const Style& style) {
  Table table;
  for (const Column& column : columns_of_table()) table.add_column(column.heading, column.align);
  for (std::vector<std::string>& entries : entries_of(rows)) table.add_row(std::move(entries));
  std::string text = table.text("  ") + "\n" + wrapped(summary_text(rows) + ".", style.width, "  ");
  if (has_weak(rows)) text += "\n" + wrapped(std::string{weak} + ".", style.width, "  ");
  for (const bool are_equivalent : {false, true}) {
    const std::string names = names_of(rows, are_equivalent);
    if (names.empty()) continue;
    text += "\n" + wrapped(std::string{are_equivalent ? equivalent : open_question} + ": " + names,
                           style.width, "  ");
  }
  return text;
}

std::string detection_markdown(std::span<const MutantDetection> rows) {
  std::vector<MarkdownColumn> columns;
  for (const Column& column : columns_of_table()) {
    columns.push_back({column.heading, column.align});
  }
  std::string text = markdown_table(columns, entries_of(rows));
  text += "\n" + summary_text(rows) + ".\n";
  if (has_weak(rows)) text += "\n" + std::string{weak} + ".\n";
  for (const bool are_equivalent : {false, true}) {
    const std::string names = names_of(rows, are_equivalent);
    if (names.empty()) continue;
    text += "\n" + std::string{are_equivalent ? equivalent : open_question} + ": " + names + ".\n";
  }
  return text;
}

std::string detection_json(std::span<const MutantDetection> rows) {
  Json list = Json::array();
  for (const MutantDetection& row : rows) {
    const auto& [random, exhaustive, is_equivalent] = row.detection;
    Json json = Json::object();
    json["mutant"] = row.mutant;
    json["mistake"] = row.mistake;
    json["protocol"] = row.protocol;
    json["found"] = row.is_found();
    json["equivalent"] = is_equivalent;
    json["scenario"] = row.scenario.empty() ? Json(nullptr) : Json(row.scenario);
    json["property"] = row.is_found() ? Json(property_of(row)) : Json(nullptr);
    json["weak"] = row.is_weak;
    json["exhaustive"] = {{"found", exhaustive.is_found},
                          {"faults", exhaustive.is_found ? Json(exhaustive.faults) : Json(nullptr)},
                          {"complete", exhaustive.is_complete},
                          {"schedules", exhaustive.schedules}};
    json["random"] = {
        {"searches", random.searches},
        {"found", random.successes},
        {"median_runs", random.runs ? Json(*random.runs) : Json(nullptr)},
        {"median_us", random.microseconds ? Json(*random.microseconds) : Json(nullptr)}};
    list.push_back(std::move(json));
  }
  Json json = Json::object();
  json["format"] = 1;
  json["mutants"] = std::move(list);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace indoubt::reports
