#include <algorithm>

#include "lab/fault_json.hpp"
#include "lab/questions.hpp"
#include "search/exhaustive/exhaustive.hpp"
#include "search/exhaustive/fault_sets.hpp"
#include "search/run/trial.hpp"

namespace indoubt::lab {
namespace {

using search::Choice;
using search::ExhaustiveSearch;
using search::Trial;

/// All runs of a subject with one fault more.
class FaultMap {
 public:
  explicit FaultMap(const Subject& subject)
      : simulation_{search::make_simulation(subject.deployment())},
        start_{begun(subject.seed)},
        search_{start_, search::menu_for(simulation_)},
        choices_{search_.first_choices()} {}

  std::size_t size() const { return choices_.size(); }

  /// What becomes of the run by itself.
  Json alone() {
    Trial trial = start_;
    while (trial.step()) {
    }
    trial.finish();
    return outcome(trial);
  }

  /// The fault of a choice and what comes of it. Nothing for a crash that keeps some of what was
  /// not on disk: the map has those that keep nothing, which lose most.
  Json entry(std::size_t number) {
    const auto replay = search_.replay({choices_[number]});
    if (replay == nullptr || replay->saved.size() != 1) return {};
    const sim::Fault& fault = replay->saved.front();
    if (fault.keep != sim::Keep::forced) return {};
    Trial& trial = replay->run;
    trial.finish();
    Json json = outcome(trial);
    json["fault"] = fault_json(fault, simulation_.plan->plan());
    return json;
  }

 private:
  Trial begun(std::uint64_t seed) const {
    Trial trial{simulation_};
    trial.begin(seed, simulation_.plan->faults());
    return trial;
  }

  static Json outcome(const Trial& trial) {
    Json json = Json::object();
    json["violates"] = names_with(trial.judge(), properties::Verdict::violated);
    json["owes"] = names_with(trial.judge(), properties::Verdict::owed);
    return json;
  }

  search::Simulation simulation_;
  Trial start_;
  ExhaustiveSearch<Trial> search_;
  std::vector<Choice> choices_;
};

}  // namespace

Json faults(const Json& question, const Subject& subject) {
  FaultMap map{subject};
  const std::size_t from = static_cast<std::size_t>(number_of(question, "from", 0));
  const std::size_t most = static_cast<std::size_t>(number_of(question, "most", map.size()));
  const std::size_t begin = std::min(from, map.size());
  const std::size_t end = begin + std::min(most, map.size() - begin);
  Json json = Json::object();
  json["alone"] = map.alone();
  json["of"] = map.size();
  json["next"] = end;
  json["entries"] = Json::array();
  for (std::size_t i = begin; i < end; ++i) {
    Json entry = map.entry(i);
    if (!entry.is_null()) json["entries"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace indoubt::lab
