#include "tests/reality/judge.hpp"

#include <algorithm>
#include <iostream>
#include <stdexcept>

namespace indoubt::reality {
namespace {

std::string path_of(const std::string& cases, const std::string& name) {
  return cases + "/" + name + ".json";
}

Outcomes simulate_all(const std::string& path) {
  const scenarios::Scenario scenario = read_case(path);
  Outcomes all;
  for (const Point& point : points_of(scenario)) all.merge(simulate(scenario, point));
  return all;
}

Outcomes try_at(Experiment& experiment, const std::string& place, Verdict& verdict) {
  Outcomes outcomes;
  for (std::size_t i = 0; i < verdict.subject.times; ++i) {
    outcomes.merge(experiment.run(place));
    ++verdict.runs;
  }
  return outcomes;
}

/// Where a server dies is known to nobody else, so all that its places come to is taken together,
/// and that it dies when the order has nothing to do with it.
Row judge_together(Experiment& experiment, const std::vector<std::string>& places,
                   const std::string& path, Verdict& verdict) {
  Row row{.point = "anywhere", .simulated = simulate_all(path)};
  row.simulated.merge(simulate_calm(read_case(path)));
  for (const std::string& place : places) row.real.merge(try_at(experiment, place, verdict));
  return row;
}

void judge_each(Experiment& experiment, const std::string& path, Verdict& verdict) {
  const scenarios::Scenario scenario = read_case(path);
  for (const Point& point : points_of(scenario)) {
    verdict.rows.push_back({.point = point.name,
                            .real = try_at(experiment, point.name, verdict),
                            .simulated = simulate(scenario, point)});
  }
}

/// What is simulated by now is no difference any more.
void look_for(const KnownDifference& entry, Verdict& verdict) {
  for (Row& row : verdict.rows) {
    if (row.point != entry.point) continue;
    for (const Outcome& outcome : difference(row.real, row.simulated)) {
      if (to_text(outcome) != entry.real) continue;
      row.known.insert(outcome);
      verdict.known.push_back(entry);
      return;
    }
  }
  verdict.gone.push_back(entry);
}

}  // namespace

bool Verdict::is_right() const {
  return std::all_of(rows.begin(), rows.end(), [](const Row& row) { return row.is_right(); }) &&
         gone.empty() && !has_not_shown();
}

Verdict judge(const Case& subject, const std::string& cases,
              const std::vector<KnownDifference>& known) {
  Verdict verdict{.subject = subject};
  const std::string path = path_of(cases, subject.name);
  const auto experiment = subject.make();
  const std::vector<std::string> places = experiment->places();
  if (!places.empty()) {
    verdict.rows.push_back(judge_together(*experiment, places, path, verdict));
  } else {
    judge_each(*experiment, path, verdict);
  }
  for (const KnownDifference& entry : known) {
    if (entry.subject == subject.name) look_for(entry, verdict);
  }
  if (subject.parent.empty()) return verdict;
  const Outcomes correct = simulate_all(path_of(cases, subject.parent));
  for (const Row& row : verdict.rows) {
    verdict.beyond_parent.merge(difference(row.real, correct));
    verdict.predicted_beyond_parent.merge(difference(row.simulated, correct));
  }
  return verdict;
}

}  // namespace indoubt::reality
