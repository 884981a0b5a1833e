#include <nlohmann/json.hpp>

#include "reports/compare/answers.hpp"
#include "reports/compare/cell_json.hpp"
#include "reports/compare/comparison.hpp"
#include "reports/compare/comparison_object.hpp"
#include "reports/compare/measures.hpp"
#include "reports/compare/sections.hpp"
#include "reports/compare/seed_ranges.hpp"
#include "reports/compare/settings_compared.hpp"
#include "reports/fault_text.hpp"
#include "reports/words.hpp"
#include "scenarios/writer.hpp"

namespace indoubt::reports {
namespace {

using Json = nlohmann::ordered_json;

Json sentence_json(const Sentence& sentence) {
  Json pieces = Json::array();
  for (const Sentence::Piece& piece : sentence.pieces) {
    pieces.push_back({name_of(piece.kind), piece.text});
  }
  return {
      {"sign", name_of(sentence.sign)}, {"text", sentence.text()}, {"pieces", std::move(pieces)}};
}

Json sentences_json(const std::vector<Sentence>& sentences) {
  Json list = Json::array();
  for (const Sentence& sentence : sentences) list.push_back(sentence_json(sentence));
  return list;
}

Json questions_json(const Board& board) {
  Json list = Json::array();
  for (std::size_t i = 0; i < question_count; ++i) {
    const Question& question = questions()[i];
    Json pool = Json::array();
    for (const properties::Property property : question.pooled) pool.push_back(name_of(property));
    list.push_back({{"id", question.id},
                    {"title", question.title},
                    {"definition", question.definition},
                    {"properties", std::move(pool)},
                    {"answer", sentences_json(answer_to(board, i))}});
  }
  return list;
}

Json row_json(const Board& board, std::span<const ScenarioResult> results, const Row& row) {
  Json details = Json::array();
  for (const auto& [name, value] : row.details) details.push_back({name, value});
  Json cells = Json::array();
  for (std::size_t i = 0; i < board.classes.size(); ++i) {
    const CellOutcome* cell = row.places[i].cell;
    cells.push_back(cell == nullptr ? Json(nullptr) : Json(cell - results[i].cells.data()));
  }
  return {{"label", row.label},
          {"protocol", row.protocol},
          {"form", form_of(row)},
          {"idea", row.idea},
          {"published", row.is_published ? 1 : 0},
          {"details", std::move(details)},
          {"cells", std::move(cells)}};
}

Json groups_json(const Board& board) {
  Json list = Json::array();
  for (const Group& group : groups_of(board)) {
    list.push_back({{"rows", group}, {"details", details_text(board, group)}});
  }
  return list;
}

Json portraits_json(const Board& board) {
  Json list = Json::array();
  for (const Portrait& portrait : portraits_of(board)) {
    list.push_back({{"protocol", portrait.protocol},
                    {"idea", portrait.idea},
                    {"sentences", sentences_json(portrait.sentences)}});
  }
  return list;
}

Json lines_json(const std::vector<SettingsCompared::Line>& lines) {
  Json list = Json::array();
  for (const auto& line : lines) {
    list.push_back({{"name", line.name}, {"value", line.value}, {"whose", line.whose}});
  }
  return list;
}

Json settings_json(std::span<const ScenarioResult> results) {
  const SettingsCompared settings = settings_compared(results);
  return {{"equal", lines_json(settings.equal)},
          {"different", lines_json(settings.different)},
          {"warnings", settings.warnings}};
}

Json property_docs() {
  Json json = Json::object();
  for (const properties::PropertyDecl& decl : properties::property_decls()) {
    json[std::string{decl.name}] = decl.doc;
  }
  return json;
}

/// Faults that begin at a set time, which can be drawn over time.
Json windows_json(const kit::Deployment& deployment) {
  Json list = Json::array();
  for (const sim::NamedFault& fault : deployment.faults) {
    if (fault.trigger != sim::Trigger::at || befalls_messages(fault.action)) continue;
    const auto lasts = fault.action == sim::Action::crash ? fault.restart_after : fault.lasts;
    const sim::Duration from = fault.at.time_since_epoch();
    const bool ends = lasts && *lasts < sim::Duration::max() - from;
    list.push_back({{"id", fault.id},
                    {"what", deed_text(fault)},
                    {"from_ns", from.count()},
                    {"to_ns", ends ? Json((from + *lasts).count()) : Json(nullptr)}});
  }
  return list;
}

/// The services of an order, if all cells agree on them; of the one that needs most, if orders
/// differ.
std::size_t services_of(const ScenarioResult& result) {
  std::size_t most = 0;
  const kit::Workload& workload = result.cell_of(result.cells.front()).deployment.workload;
  for (const kit::OrderKind& kind : workload.all_kinds()) most = std::max(most, kind.takes.size());
  return most;
}

Json scenario_json(const ScenarioResult& result, const std::string& name,
                   const std::string& heading, std::uint64_t runs_listed) {
  Json cells = Json::array();
  std::uint64_t digest = 0;
  for (const CellOutcome& cell : result.cells) {
    cells.push_back(cell_json(result, cell, runs_listed));
    digest = sim::mix(digest, cell.result.digest);
  }
  const CellOutcome& first = result.cells.front();
  const kit::Deployment& deployment = result.cell_of(first).deployment;
  return {{"scenario", name},
          {"heading", heading},
          {"file", result.scenario.file},
          {"description", result.scenario.description},
          {"first_seed", first.result.first_seed},
          {"runs", first.result.runs},
          {"services", services_of(result)},
          {"give_up_ns", deployment.workload.give_up_after.count()},
          {"blocked_ns", deployment.limits.blocked.count()},
          {"faults", faults_in_words(result)},
          {"windows", windows_json(deployment)},
          {"arguments", quoted_for_shell(result.scenario.file) + result.overrides},
          {"digest", digest_text(digest)},
          {"resolved", scenarios::write_scenario(result.scenario, first.number)},
          {"cells", std::move(cells)}};
}

}  // namespace

Json comparison_object(const Comparison& comparison) {
  const auto results = comparison.results;
  const std::vector<std::string> names = names_of(results);
  const std::vector<std::string> headings = class_names_of(results);
  const std::uint64_t listed_runs = runs_listed(results);
  Json list = Json::array();
  for (std::size_t i = 0; i < results.size(); ++i) {
    list.push_back(scenario_json(results[i], names[i], headings[i], listed_runs));
  }
  const Board board = board_of(results);
  Json rows = Json::array();
  for (const Row& row : board.rows) rows.push_back(row_json(board, results, row));
  Json json = {{"format", 1}, {"scenarios", std::move(list)}};
  json["title"] = title_of(results);
  json["lead"] = lead_text(results);
  json["version"] = INDOUBT_VERSION;
  json["quantiles_permille"] = given_quantiles;
  json["runs_listed"] = listed_runs;
  json["properties"] = property_docs();
  json["questions"] = questions_json(board);
  json["rows"] = std::move(rows);
  json["groups"] = groups_json(board);
  json["protocols"] = portraits_json(board);
  json["settings"] = settings_json(results);
  json["complete"] = comparison.is_complete;
  return json;
}

std::string comparison_json(const Comparison& comparison) {
  return comparison_object(comparison).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace indoubt::reports
