#include <map>
#include <utility>

#include "reports/trace/folding.hpp"
#include "reports/trace/story.hpp"
#include "reports/words.hpp"

// What is told once instead of again and again.
namespace indoubt::reports {
namespace {

/// Lines about steps that may be folded, with nothing else between them.
using Stretch = std::vector<StoryLine>;

/// Steps of a stretch that are alike.
struct Fold {
  std::map<Index, sim::TrueTime> steps{};  ///< and when each was
  Index shown = none;                      ///< the first
  std::size_t last_shown = 0;              ///< the last line about that, in the stretch
};

std::map<Index, Fold> folds_of(const Stretch& stretch, const std::vector<Index>& first_alike) {
  std::map<Index, Fold> folds;
  for (std::size_t i = 0; i < stretch.size(); ++i) {
    const StoryLine& line = stretch[i];
    Fold& fold = folds[first_alike[line.step]];
    fold.steps.try_emplace(line.step, line.time);
    if (fold.shown == none) fold.shown = line.step;
    if (fold.shown == line.step) fold.last_shown = i;
  }
  return folds;
}

StoryLine more_like(const StoryLine& line, const Fold& fold, const std::string& who) {
  const std::size_t more = fold.steps.size() - 1;
  return {.type = StoryLine::Type::note,
          .time = line.time,
          .who = who,
          .what = "... " + std::to_string(more) + " more like it, " +
                  (more == 1 ? "at " : "the last at ") + clock_face(fold.steps.rbegin()->second),
          .about = line.about};
}

void fold_into(std::vector<StoryLine>& lines, Stretch stretch, const RunTrace& trace,
               const std::vector<Index>& first_alike) {
  const std::map<Index, Fold> folds = folds_of(stretch, first_alike);
  for (std::size_t i = 0; i < stretch.size(); ++i) {
    const Fold& fold = folds.at(first_alike[stretch[i].step]);
    if (stretch[i].step != fold.shown) continue;
    lines.push_back(stretch[i]);
    const bool is_end = i == fold.last_shown && fold.steps.size() > 1;
    if (!is_end) continue;
    lines.push_back(more_like(stretch[i], fold, trace.nodes[trace.steps[fold.shown].node].name));
  }
}

}  // namespace

std::vector<StoryLine> folded(std::vector<StoryLine> lines, const RunTrace& trace) {
  const std::vector<Index> first_alike = alike(trace);
  std::vector<StoryLine> told;
  Stretch stretch;
  for (StoryLine& line : lines) {
    const bool may_fold = line.step != none && first_alike[line.step] != none;
    if (!may_fold) fold_into(told, std::exchange(stretch, {}), trace, first_alike);
    (may_fold ? stretch : told).push_back(std::move(line));
  }
  fold_into(told, std::move(stretch), trace, first_alike);
  return told;
}

}  // namespace indoubt::reports
