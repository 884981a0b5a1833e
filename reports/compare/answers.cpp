#include "reports/compare/answers.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "reports/compare/statistics.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

using Kind = Sentence::Kind;
using properties::Verdict;

/// The answers to one question.
class Answer {
 public:
  Answer(const Board& board, std::size_t question)
      : board_{board}, question_{question}, words_{questions()[question]} {
    for (std::size_t i = 0; i < board.rows.size(); ++i) {
      (board.rows[i].is_published ? samples_ : named_).push_back(i);
    }
    if (named_.empty()) samples_.swap(named_);  // then there is nothing else to name
  }

  std::vector<Sentence> sentences() {
    add_classes(Verdict::violated, std::string{words_.broken});
    add_classes(Verdict::owed, "owed by a node that is down for good in");
    add_classes(Verdict::unknown, "not judged in");
    add_kept();
    if (!samples_.empty() && !named_.empty()) add_samples();
    return std::move(sentences_);
  }

 private:
  const Pooled& at(std::size_t row, std::size_t of_class) const {
    return board_.rows[row].places[of_class].answers[question_];
  }

  Group rows_with(Verdict verdict, std::size_t of_class, const Group& among) const {
    Group rows;
    for (const std::size_t row : among) {
      const bool is_run = board_.rows[row].places[of_class].cell != nullptr;
      if (is_run && at(row, of_class).verdict == verdict) rows.push_back(row);
    }
    return rows;
  }

  bool is_kept(std::size_t row) const {
    bool any_holds = false;
    for (std::size_t i = 0; i < board_.classes.size(); ++i) {
      const Verdict verdict = at(row, i).verdict;
      if (verdict != Verdict::holds && verdict != Verdict::not_applicable) return false;
      any_holds = any_holds || verdict == Verdict::holds;
    }
    return any_holds;
  }

  std::string figure(const Group& group, std::size_t of_class) const {
    const Pooled& worst = worst_answer(board_, group, of_class, question_);
    return worst.runs == 0 ? ""
                           : " " + std::to_string(worst.runs) + "/" + std::to_string(worst.judged);
  }

  void add_classes(Verdict verdict, const std::string& verb) {
    for (std::size_t i = 0; i < board_.classes.size(); ++i) {
      const Group rows = rows_with(verdict, i, named_);
      if (rows.empty()) continue;
      Sentence sentence{.sign = verdict};
      sentence.add(Kind::topic, board_.classes[i]);
      sentence.add(": " + verb + " ");
      add_names(sentence, rows, i);
      sentence.add(".");
      sentences_.push_back(std::move(sentence));
    }
  }

  void add_kept() {
    Group rows;
    std::copy_if(named_.begin(), named_.end(), std::back_inserter(rows),
                 [&](std::size_t row) { return is_kept(row); });
    if (rows.empty()) return;
    Sentence sentence{.sign = Verdict::holds};
    sentence.add(Kind::topic, std::string{words_.kept} + " in " + all_classes(board_));
    sentence.add(" (" + bound_text(rows) + "): ");
    add_names(sentence, rows, std::nullopt);
    sentence.add(".");
    sentences_.push_back(std::move(sentence));
  }

  /// In how many of all runs it may be violated, though it was in none of these.
  std::string bound_text(const Group& rows) const {
    std::uint32_t lowest = 1'000'000;
    std::uint32_t highest = 0;
    for (const std::size_t row : rows) {
      for (std::size_t i = 0; i < board_.classes.size(); ++i) {
        if (at(row, i).verdict != Verdict::holds) continue;
        const std::uint32_t bound = wilson(0, at(row, i).judged).high_ppm;
        lowest = std::min(lowest, bound);
        highest = std::max(highest, bound);
      }
    }
    const std::string text = "violated in fewer than " + percent_up(lowest) + " of runs";
    if (percent_up(lowest) == percent_up(highest)) return text;
    return text + ", or " + percent_up(highest) + " where few were judged";
  }

  /// One entry for each protocol and form.
  std::vector<Group> by_form(const Group& rows) const {
    std::vector<Group> forms;
    for (const std::size_t row : rows) {
      const auto same = std::find_if(forms.begin(), forms.end(), [&](const Group& form) {
        return form_of(board_.rows[form.front()]) == form_of(board_.rows[row]);
      });
      same == forms.end() ? forms.push_back({row}) : same->push_back(row);
    }
    return forms;
  }

  /// "three-phase-commit (termination=timeout, skeen) 4/30".
  Sentence name_text(const Group& form, std::optional<std::size_t> of_class) const {
    Sentence text;
    text.add(Kind::name, form_of(board_.rows[form.front()]));
    const bool is_all = form.size() == relatives_of(board_, form.front()).size();
    if (!is_all) text.add(Kind::detail, " (" + plain_details(form) + ")");
    if (of_class) text.add(Kind::detail, figure(form, *of_class));
    return text;
  }

  std::string plain_details(const Group& form) const {
    const std::string details = details_text(board_, form);
    return details.empty() ? "without options" : details;
  }

  void add_names(Sentence& sentence, const Group& rows, std::optional<std::size_t> of_class) const {
    const std::vector<Group> forms = by_form(rows);
    for (std::size_t i = 0; i < forms.size(); ++i) {
      sentence.add(std::string{list_separator(i, forms.size())});
      sentence.add(name_text(forms[i], of_class));
    }
  }

  /// "As published: lost by all 8 samples in loss, 5 in partition and pause."
  void add_samples() {
    std::map<std::size_t, std::vector<std::string>, std::greater<>> classes;
    for (std::size_t i = 0; i < board_.classes.size(); ++i) {
      const std::size_t count = rows_with(Verdict::violated, i, samples_).size();
      if (count != 0) classes[count].push_back(board_.classes[i]);
    }
    const std::string all = std::to_string(samples_.size());
    Sentence sentence{.sign = classes.empty() ? Verdict::holds : Verdict::violated};
    sentence.add(Kind::topic, "as published");
    std::string text = ": " + std::string{words_.broken} + " ";
    if (classes.empty()) text += "none of " + all + " samples";
    for (const auto& [count, names] : classes) {
      const bool is_first = count == classes.begin()->first;
      text += (is_first ? "" : "; ") + (count == samples_.size() ? "all " : std::string{}) +
              std::to_string(count) + (is_first && count != samples_.size() ? " of " + all : "") +
              (is_first ? " samples" : "") + " in " + listed(names);
    }
    sentence.add(text + ".");
    sentences_.push_back(std::move(sentence));
  }

  const Board& board_;
  std::size_t question_;
  const Question& words_;
  Group named_;    ///< rows that are told by name
  Group samples_;  ///< rows that are summed up
  std::vector<Sentence> sentences_;
};

}  // namespace

std::string all_classes(const Board& board) {
  const std::size_t count = board.classes.size();
  if (count == 1) return board.classes.front();
  return (count == 2 ? "both" : "all " + number_word(count)) + " classes";
}

std::vector<Sentence> answer_to(const Board& board, std::size_t question) {
  return Answer{board, question}.sentences();
}

}  // namespace indoubt::reports
