#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/compare/questions.hpp"
#include "reports/scenario_result.hpp"

// The table that decides: rows are protocols with their options, columns are classes of fault, that
// is scenarios, and each place has an answer to each question.
namespace indoubt::reports {

/// One row in one class.
struct Place {
  const CellOutcome* cell = nullptr;  ///< null: the scenario does not run it
  std::array<Pooled, question_count> answers{};
};

/// What makes one row differ from others of the same protocol: options, then swept variables.
using Details = std::vector<std::pair<std::string, std::string>>;

struct Row {
  std::string label;  ///< "saga style=choreographed loss=0.1"
  std::string protocol;
  std::string idea;           ///< of its family
  bool is_published = false;  ///< the form that samples show, with their mistakes
  std::string mutant{};
  Details details{};
  std::vector<Place> places{};  ///< by class
};

struct Board {
  std::vector<std::string> classes;  ///< what each scenario is called
  std::vector<Row> rows;             ///< by idea, then in the order of the first file
};

/// What each scenario is called where it stands for a class of fault: one without faults says so.
std::vector<std::string> class_names_of(std::span<const ScenarioResult> results);

Board board_of(std::span<const ScenarioResult> results);

/// Rows of one protocol in one form, by their positions.
using Group = std::vector<std::size_t>;

/// Which questions tell rows apart: a bit for each.
using QuestionSet = unsigned;
inline constexpr QuestionSet every_question = (1u << question_count) - 1;

/// Rows of a protocol that no class tells apart by its verdicts are one group.
std::vector<Group> groups_of(const Board& board, QuestionSet told_apart_by = every_question);

/// All rows of one protocol in the same form, hardened or as published, as this one.
Group relatives_of(const Board& board, std::size_t row);

/// "presume=abort, nothing, commit; termination=cooperative": the details of rows, with what is
/// said once not said again. Flags that are set go by their name.
std::string details_text(const Board& board, const Group& group);

/// "reservation", "reservation as published".
std::string form_of(const Row& row);

/// The group's answer in a class: the worst, and of equal verdicts that of most runs.
const Pooled& worst_answer(const Board& board, const Group& group, std::size_t of_class,
                           std::size_t question);

}  // namespace indoubt::reports
