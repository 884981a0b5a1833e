#include "reports/compare/board.hpp"

#include <algorithm>
#include <map>

#include "protocols/kit/family.hpp"
#include "reports/compare/measures.hpp"
#include "reports/compare/settings_compared.hpp"

namespace indoubt::reports {
namespace {

using properties::Verdict;

/// Ideas in the order in which they are shown; others follow.
constexpr std::array<std::string_view, 5> ideas{"atomic commitment", "reservations", "sagas",
                                                "messages", "baseline"};

std::size_t place_of_idea(const std::string& idea) {
  return static_cast<std::size_t>(std::find(ideas.begin(), ideas.end(), idea) - ideas.begin());
}

Row row_of(const scenarios::Cell& cell, std::size_t classes) {
  const kit::ProtocolChoice& protocol = cell.deployment.protocol;
  Row row;
  row.label = label_of(cell);
  row.protocol = protocol.name();
  if (protocol.family != nullptr) row.idea = protocol.family->info.idea;
  row.is_published = protocol.variant == "as-published";
  row.mutant = protocol.mistakes();
  row.details = details_of(cell);
  row.places.resize(classes);
  return row;
}

Row& row_named(Board& board, const scenarios::Cell& cell) {
  const std::string label = label_of(cell);
  const auto found = std::find_if(board.rows.begin(), board.rows.end(),
                                  [&](const Row& row) { return row.label == label; });
  if (found != board.rows.end()) return *found;
  board.rows.push_back(row_of(cell, board.classes.size()));
  return board.rows.back();
}

void fill_place(Place& place, const CellOutcome& cell) {
  place.cell = &cell;
  for (std::size_t i = 0; i < question_count; ++i) {
    place.answers[i] = pooled(cell.result, questions()[i].pooled);
  }
}

/// What tells groups apart: the protocol, its form, and the verdicts.
std::string key_of(const Row& row, QuestionSet told_apart_by) {
  std::string key = row.protocol + (row.is_published ? "/p/" : "/h/") + row.mutant + "/";
  for (const Place& place : row.places) {
    for (std::size_t i = 0; i < question_count; ++i) {
      if ((told_apart_by >> i & 1u) == 0) continue;
      key +=
          place.cell == nullptr ? '-' : static_cast<char>('0' + rank_of(place.answers[i].verdict));
    }
  }
  return key;
}

std::string pair_text(const std::pair<std::string, std::string>& detail) {
  return detail.second == "true" ? detail.first : detail.first + "=" + detail.second;
}

std::string joined(const Details& details, std::size_t from = 0) {
  std::string text;
  for (std::size_t i = from; i < details.size(); ++i) {
    text += (i == from ? "" : " ") + pair_text(details[i]);
  }
  return text;
}

/// Whether both have one detail, of the same name.
bool differ_in_value(const Details& one, const Details& other) {
  return one.size() == 1 && other.size() == 1 && one[0].first == other[0].first;
}

bool begins_with(const Details& details, const Details& beginning) {
  return details.size() > beginning.size() && !beginning.empty() &&
         std::equal(beginning.begin(), beginning.end(), details.begin());
}

}  // namespace

std::vector<std::string> class_names_of(std::span<const ScenarioResult> results) {
  std::vector<std::string> names = headings_of(results);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool is_calm =
        results[i].scenario.cells.size() != 0 && faults_in_words(results[i]).empty();
    if (is_calm && results.size() > 1) names[i] += " (no faults)";
  }
  return names;
}

Board board_of(std::span<const ScenarioResult> results) {
  Board board{.classes = class_names_of(results), .rows = {}};
  for (std::size_t i = 0; i < results.size(); ++i) {
    for (const CellOutcome& cell : results[i].cells) {
      fill_place(row_named(board, results[i].cell_of(cell)).places[i], cell);
    }
  }
  std::stable_sort(board.rows.begin(), board.rows.end(), [](const Row& one, const Row& other) {
    return place_of_idea(one.idea) < place_of_idea(other.idea);
  });
  return board;
}

std::vector<Group> groups_of(const Board& board, QuestionSet told_apart_by) {
  std::vector<Group> groups;
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < board.rows.size(); ++i) {
    const auto [at, is_new] = known.emplace(key_of(board.rows[i], told_apart_by), groups.size());
    if (is_new) groups.emplace_back();
    groups[at->second].push_back(i);
  }
  return groups;
}

Group relatives_of(const Board& board, std::size_t row) {
  Group group;
  const Row& asked = board.rows[row];
  for (std::size_t i = 0; i < board.rows.size(); ++i) {
    const Row& other = board.rows[i];
    const bool is_same = other.protocol == asked.protocol && other.mutant == asked.mutant &&
                         other.is_published == asked.is_published;
    if (is_same) group.push_back(i);
  }
  return group;
}

std::string details_text(const Board& board, const Group& group) {
  std::string text;
  const Details* before = nullptr;
  for (const std::size_t row : group) {
    const Details& details = board.rows[row].details;
    if (before == nullptr) {
      text = joined(details);
    } else if (differ_in_value(*before, details)) {
      text += ", " + details[0].second;
    } else if (begins_with(details, *before)) {
      text += ", + " + joined(details, before->size());
      continue;  // the next one may go on from the same beginning
    } else {
      text += (text.empty() ? "" : "; ") + joined(details);
    }
    before = &details;
  }
  return text;
}

std::string form_of(const Row& row) {
  return row.protocol + (row.is_published ? " as published" : "") +
         (row.mutant.empty() ? "" : " mutant=" + row.mutant);
}

const Pooled& worst_answer(const Board& board, const Group& group, std::size_t of_class,
                           std::size_t question) {
  const auto weight = [&](std::size_t row) {
    const Pooled& answer = board.rows[row].places[of_class].answers[question];
    return std::pair{rank_of(answer.verdict), answer.runs};
  };
  const std::size_t worst = *std::max_element(
      group.begin(), group.end(),
      [&](std::size_t one, std::size_t other) { return weight(one) < weight(other); });
  return board.rows[worst].places[of_class].answers[question];
}

}  // namespace indoubt::reports
