#include "reports/compare/finding_choice.hpp"

#include <algorithm>
#include <set>

#include "reports/compare/board.hpp"

namespace indoubt::reports {
namespace {

using properties::Property;
using properties::PropertyDecl;

class Chooser {
 public:
  Chooser(std::span<const ScenarioResult> results, std::size_t most)
      : results_{results}, most_{most}, board_{board_of(results)} {}

  FindingChoices choices() {
    for (const bool is_published : {false, true}) add_answers(is_published);
    for (const bool is_published : {false, true}) add_properties(is_published);
    choices_.left_out = count_violations() - choices_.chosen.size();
    return choices_;
  }

 private:
  /// For each form of a protocol and each question.
  void add_answers(bool is_published) {
    std::set<std::pair<std::string, std::size_t>> shown;
    for (std::size_t question = 0; question < question_count; ++question) {
      for (const Row& row : board_.rows) {
        if (row.is_published != is_published) continue;
        for (std::size_t i = 0; i < row.places.size(); ++i) {
          const Pooled& answer = row.places[i].answers[question];
          if (answer.verdict != properties::Verdict::violated) continue;
          if (!shown.emplace(form_of(row), question).second) break;
          add(i, *row.places[i].cell, *answer.most);
          break;
        }
      }
    }
  }

  /// For each property that nothing shows yet.
  void add_properties(bool is_published) {
    for (const PropertyDecl& decl : properties::property_decls()) {
      const bool is_shown = std::any_of(
          choices_.chosen.begin(), choices_.chosen.end(),
          [&](const FindingChoice& choice) { return choice.property == decl.property; });
      if (!is_shown) add_first(decl.property, is_published);
    }
  }

  void add_first(Property property, bool is_published) {
    for (const Row& row : board_.rows) {
      if (row.is_published != is_published) continue;
      for (std::size_t i = 0; i < row.places.size(); ++i) {
        const CellOutcome* cell = row.places[i].cell;
        if (cell == nullptr || cell->result[property].violations == 0) continue;
        return add(i, *cell, property);
      }
    }
  }

  void add(std::size_t of_class, const CellOutcome& cell, Property property) {
    const auto position = static_cast<std::size_t>(&cell - results_[of_class].cells.data());
    const FindingChoice choice{of_class, position, property};
    auto& chosen = choices_.chosen;
    const bool is_new = std::find(chosen.begin(), chosen.end(), choice) == chosen.end();
    if (is_new && chosen.size() < most_) chosen.push_back(choice);
  }

  std::size_t count_violations() const {
    std::size_t count = 0;
    for (const ScenarioResult& result : results_) {
      for (const CellOutcome& cell : result.cells) {
        for (const PropertyDecl& decl : properties::property_decls()) {
          if (cell.result[decl.property].violations != 0) ++count;
        }
      }
    }
    return count;
  }

  std::span<const ScenarioResult> results_;
  std::size_t most_;
  Board board_;
  FindingChoices choices_;
};

}  // namespace

FindingChoices choose_findings(std::span<const ScenarioResult> results, std::size_t most) {
  return Chooser{results, most}.choices();
}

}  // namespace indoubt::reports
