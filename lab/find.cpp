#include <algorithm>

#include "lab/fault_json.hpp"
#include "lab/questions.hpp"
#include "lab/with_faults.hpp"
#include "protocols/kit/directory.hpp"
#include "reports/counterexample.hpp"
#include "scenarios/writer.hpp"
#include "search/exhaustive/exhaustive.hpp"
#include "search/exhaustive/share_search.hpp"
#include "search/random/random.hpp"
#include "search/run/units.hpp"

namespace indoubt::lab {
namespace {

using properties::PropertySet;
using search::Counterexample;

/// All sets of so many faults are tried if there are no more of them than this; beyond it, what is
/// tried is drawn.
constexpr std::uint64_t most_sets = 150'000;
constexpr std::size_t most_level = 3;
constexpr std::uint64_t most_random_runs = 20'000;
constexpr std::uint64_t events_of_slice = 100'000;
constexpr std::uint64_t events_to_shrink = 3'000'000;

/// How far a search is: what one slice leaves to the next.
struct Position {
  std::uint64_t level = 1;  ///< faults of the sets that are tried, or one more than there are
  std::uint64_t share = 0;  ///< of the level
  std::uint64_t tried = 0;  ///< runs, in all
  std::uint64_t drawn = 0;  ///< of these, random ones
};

Position position_of(const Json& question) {
  const auto found = question.find("position");
  if (found == question.end() || found->is_null()) return {};
  if (!found->is_object()) throw BadQuestion{"'position' is what the last slice gave"};
  Position position{.level = number_of(*found, "level", 1),
                    .share = number_of(*found, "share", 0),
                    .tried = number_of(*found, "tried", 0),
                    .drawn = number_of(*found, "drawn", 0)};
  if (position.level == 0) throw BadQuestion{"'level' is at least 1"};
  return position;
}

Json position_json(const Position& position) {
  return {{"level", position.level},
          {"share", position.share},
          {"tried", position.tried},
          {"drawn", position.drawn}};
}

/// About how many sets of `level` there are, of `choices` faults.
std::uint64_t sets_of(std::uint64_t choices, std::size_t level) {
  std::uint64_t sets = 1;
  for (std::uint64_t i = 1; i <= level; ++i) sets = sets * choices / i;
  return sets;
}

/// The property that is asked for, or else all that the run by itself does not violate.
PropertySet wanted_of(const Json& question, const search::Trial& alone) {
  PropertySet wanted;
  const std::string name = text_of(question, "property");
  if (const auto property = properties::property_named(name)) {
    wanted.add(*property);
    return wanted;
  }
  if (!name.empty()) throw BadQuestion{"there is no property '" + name + "'"};
  for (const properties::PropertyDecl& decl : properties::property_decls()) {
    if (!alone.judge().violated().has(decl.property)) wanted.add(decl.property);
  }
  return wanted;
}

class Finder {
 public:
  Finder(const Json& question, const Subject& subject)
      : subject_{subject},
        simulation_{search::make_simulation(subject.deployment())},
        start_{simulation_},
        position_{position_of(question)},
        events_{number_of(question, "events", events_of_slice)} {
    search::Trial alone{simulation_};
    alone.run(subject.seed);
    start_.begin(subject.seed, simulation_.plan->faults());
    options_.menu = search::menu_for(simulation_);
    options_.seed = subject.seed;
    options_.properties = wanted_of(question, alone);
  }

  Json slice() {
    search::ShareSearch sets{start_, simulation_, options_};
    const std::vector<search::Choice> firsts = sets.first_choices();
    const std::size_t deepest = deepest_level(firsts.size());
    Json found;
    for (std::uint64_t spent = 0; spent < events_ && found.is_null();) {
      if (position_.level <= deepest) {
        spent += try_share(sets, firsts, found);
      } else if (position_.drawn < most_random_runs) {
        spent += try_random(found);
      } else {
        break;
      }
    }
    Json json = Json::object();
    json["level"] = position_.level <= deepest ? Json(position_.level) : Json();
    json["tried"] = position_.tried;
    json["of"] = total(firsts.size(), deepest);
    const bool is_over = position_.level > deepest && position_.drawn >= most_random_runs;
    json["done"] = !found.is_null() || is_over;
    json["found"] = std::move(found);
    json["position"] = position_json(position_);
    return json;
  }

 private:
  static std::size_t deepest_level(std::size_t choices) {
    std::size_t level = 1;
    while (level < most_level && sets_of(choices, level + 1) <= most_sets) ++level;
    return level;
  }

  static std::uint64_t total(std::size_t choices, std::size_t deepest) {
    std::uint64_t sum = most_random_runs;
    for (std::size_t level = 1; level <= deepest; ++level) sum += sets_of(choices, level);
    return sum;
  }

  std::uint64_t try_share(search::ShareSearch& sets, const std::vector<search::Choice>& firsts,
                          Json& found) {
    if (position_.share >= firsts.size()) {
      ++position_.level;
      position_.share = 0;
      return 0;
    }
    const auto number = static_cast<std::size_t>(position_.share++);
    const search::Share share =
        sets.try_sets(firsts[number], static_cast<std::size_t>(position_.level), {});
    position_.tried += share.schedules;
    if (share.findings.empty()) return share.events;
    const auto counterexample = sets.counterexample(share.findings.front());
    if (counterexample) found = found_json(*counterexample);
    return share.events;
  }

  std::uint64_t try_random(Json& found) {
    std::optional<Counterexample> failure;
    search::RandomOptions options{.first_seed = subject_.seed + position_.drawn,
                                  .runs = search::runs_per_unit,
                                  .most_events = events_,
                                  .actions = search::exhaustive_actions,
                                  .properties = options_.properties};
    options.on_failure = [&](const Counterexample& one) {
      if (!failure) failure = one;
      return false;
    };
    const search::RandomResult result = search::explore_randomly(simulation_, options);
    position_.drawn += std::max<std::uint64_t>(result.runs, 1);
    position_.tried += result.runs;
    if (failure) found = shrunk_json(*failure);
    return result.events;
  }

  std::vector<sim::NamedFault> named(const Counterexample& counterexample) const {
    std::vector<sim::NamedFault> faults;
    for (const sim::Fault& fault : counterexample.extra) {
      faults.push_back(kit::name_fault(fault, simulation_.plan->plan()));
    }
    return faults;
  }

  /// The scenario as it stands, with the faults added.
  Json found_json(const Counterexample& counterexample) const {
    const std::vector<sim::NamedFault> faults = named(counterexample);
    Json json = Json::object();
    json["property"] = properties::name_of(counterexample.property);
    json["reason"] = counterexample.reason;
    json["faults"] = faults.size();
    json["seed"] = counterexample.seed;
    json["scenario"] = with_faults(subject_.text, faults);
    return json;
  }

  /// What was drawn has many faults: the smallest scenario that fails in the same way.
  Json shrunk_json(const Counterexample& counterexample) const {
    search::FailingCase failing{.deployment = subject_.deployment(),
                                .seed = counterexample.seed,
                                .property = counterexample.property,
                                .why = counterexample.why};
    for (sim::NamedFault& fault : named(counterexample)) {
      failing.deployment.faults.push_back(std::move(fault));
    }
    const auto shrunk = search::shrink_to_fewest(failing, {.most_events = events_to_shrink});
    if (!shrunk) return found_json(counterexample);
    Json json = Json::object();
    json["property"] = properties::name_of(shrunk->failing.property);
    json["reason"] = shrunk->reason;
    json["faults"] = shrunk->failing.deployment.faults.size();
    json["seed"] = shrunk->failing.seed;
    json["scenario"] =
        scenarios::write_scenario(reports::counterexample(*shrunk, subject_.scenario));
    return json;
  }

  const Subject& subject_;
  search::Simulation simulation_;
  search::Trial start_;
  Position position_;
  std::uint64_t events_;
  search::ExhaustiveOptions options_;
};

}  // namespace

Json find(const Json& question, const Subject& subject) {
  return Finder{question, subject}.slice();
}

}  // namespace indoubt::lab
