#include <algorithm>

#include "reports/compare/answers.hpp"
#include "reports/compare/board.hpp"
#include "reports/compare/measures.hpp"
#include "reports/compare/sections.hpp"
#include "reports/words.hpp"

// What a comparison begins with: three answers in words, each with its small table, and what each
// protocol comes to.
namespace indoubt::reports {
namespace {

using properties::Verdict;

/// "x violated 4/30", "+ holds", "- n/a".
std::string entry(const Pooled& answer, const Style& style) {
  const std::string mark = marked(style, answer.verdict);
  if (answer.runs == 0) return mark;
  return mark + " " + std::to_string(answer.runs) + "/" + std::to_string(answer.judged);
}

bool is_kept(const Board& board, const Group& group, std::size_t question) {
  for (std::size_t i = 0; i < board.classes.size(); ++i) {
    const Verdict verdict = worst_answer(board, group, i, question).verdict;
    if (verdict != Verdict::holds && verdict != Verdict::not_applicable) return false;
  }
  return true;
}

std::string group_name(const Board& board, const Group& group) {
  const std::string form = form_of(board.rows[group.front()]);
  const std::size_t relatives = relatives_of(board, group.front()).size();
  if (relatives == 1) return form;
  if (group.size() == relatives) return form + " (all " + std::to_string(relatives) + ")";
  const std::string details = details_text(board, group);
  return form + " " + (details.empty() ? "without options" : details);
}

bool was_run(const Board& board, const Group& group, std::size_t of_class) {
  return board.rows[group.front()].places[of_class].cell != nullptr;
}

Section of_question(const Board& board, std::size_t question, const Style& style) {
  const Question& words = questions()[question];
  Section section{.title = std::string{words.title},
                  .note = std::string{words.definition} + " Pooled: " + properties_of(words) + ".",
                  .sentences = answer_to(board, question),
                  .columns = {{"protocol"}}};
  for (const std::string& heading : board.classes) section.columns.push_back({heading});
  for (const Group& group : groups_of(board, 1u << question)) {
    if (is_kept(board, group, question)) continue;
    std::vector<std::string> row{group_name(board, group)};
    for (std::size_t i = 0; i < board.classes.size(); ++i) {
      row.push_back(was_run(board, group, i) ? entry(worst_answer(board, group, i, question), style)
                                             : "not run");
    }
    section.rows.push_back(std::move(row));
  }
  if (section.rows.empty()) section.columns.clear();
  return section;
}

Section of_protocols(const Board& board) {
  Section section{.title = "Each protocol in a few words",
                  .note = "Made from these results, the hardened form first."};
  for (const Portrait& portrait : portraits_of(board)) {
    Sentence whole;
    whole.add(Sentence::Kind::name, portrait.protocol);
    whole.add(":");
    for (const Sentence& sentence : portrait.sentences) {
      whole.add(" ");
      whole.add(sentence);
    }
    section.sentences.push_back(std::move(whole));
  }
  return section;
}

}  // namespace

void add_decision(std::span<const ScenarioResult> results, const Style& style,
                  std::vector<Section>& sections) {
  const Board board = board_of(results);
  for (std::size_t i = 0; i < question_count; ++i) {
    sections.push_back(of_question(board, i, style));
  }
  sections.push_back(of_protocols(board));
}

std::string title_of(std::span<const ScenarioResult> results) {
  constexpr std::size_t most_named = 3;
  const std::vector<std::string> names = class_names_of(results);
  if (names.empty()) return "Protocols";
  if (names.size() <= most_named) return "Protocols under " + listed(names);
  return "Protocols under " + number_word(names.size()) + " classes of fault";
}

std::string lead_text(std::span<const ScenarioResult> results) {
  const Board board = board_of(results);
  std::uint64_t runs = 0;
  std::uint64_t orders = 0;
  std::size_t cells = 0;
  for (const ScenarioResult& result : results) {
    for (const CellOutcome& cell : result.cells) {
      runs += cell.result.runs;
      orders += cell.result.outcomes.orders();
      ++cells;
    }
  }
  const std::size_t protocols = portraits_of(board).size();
  const std::size_t classes = board.classes.size();
  std::string text = count_of(protocols, "protocol");
  if (board.rows.size() != protocols) text += " in " + count_of(board.rows.size(), "variant");
  text += board.rows.size() == 1 ? " meets " : " meet ";
  text += classes == 1 ? "one class of fault" : number_word(classes) + " classes of fault";
  text += cells > 1 ? " on the same seeds: " : ": ";
  return text + count_of(runs, "run") + " with " + count_of(orders, "order") + ".";
}

}  // namespace indoubt::reports
