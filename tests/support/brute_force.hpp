#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "search/exhaustive/fault_sets.hpp"
#include "search/schedule/menu.hpp"
#include "search/schedule/points.hpp"
#include "search/schedule/recorder.hpp"

/// All sets of faults of a menu, found without anything that makes the search clever: no copies in
/// the middle of a run, no order among faults, every run from its start.
namespace indoubt::test {

/// One set of faults, in a form that does not depend on names or order, and what its run came to.
struct Tried {
  std::vector<std::string> faults{};
  std::uint64_t digest = 0;
  std::string verdict{};
  auto operator<=>(const Tried&) const = default;
};

/// The first few that are in one and not in the other.
inline std::string difference(const std::multiset<Tried>& one, const std::multiset<Tried>& other) {
  std::vector<Tried> more;
  std::set_difference(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(more));
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(more.size(), 8); ++i) {
    for (const std::string& fault : more[i].faults) text += "  [" + fault + "]";
    text += " " + std::to_string(more[i].digest) + " " + more[i].verdict + "\n";
  }
  return text;
}

/// Where a fault falls, in words. Two faults have the same place if they fall at the same one.
inline std::string place_text(const sim::Fault& fault) {
  const auto number = [](auto value) { return std::to_string(value) + " "; };
  if (fault.trigger == sim::Trigger::place) {
    const auto& handling = *fault.place.handling;
    return "at " + number(fault.nodes.front().index) + number(handling.kind) +
           number(handling.order.value_or(sim::no_order).index) + number(handling.nth) +
           number(fault.place.effect);
  }
  const auto& match = fault.match;
  return "on " + number(match.from->index) + number(match.to->index) + number(*match.kind) +
         number(match.order.value_or(sim::no_order).index) + number(*match.nth);
}

inline std::string fault_key(const sim::Fault& fault) {
  std::string text = place_text(fault) + std::string{name_of(fault.action)} + " " +
                     std::string{name_of(fault.keep)};
  if (fault.damage.wipe) text += " wiped";
  if (fault.restart_after) text += " back " + sim::to_text(*fault.restart_after);
  if (fault.lasts) text += " for " + sim::to_text(*fault.lasts);
  if (fault.jump) text += " by " + sim::to_text(*fault.jump);
  return text + " " + sim::to_text(fault.by);
}

/// How much of each tail a crash keeps.
inline std::string kept_text(const std::vector<search::UnforcedTail>& kept) {
  std::string text = " keeps";
  for (const auto& [node, records] : kept) text += " " + std::to_string(records);
  return text;
}

/// Where the order of a list matters, at one place, that of the menu.
inline sim::Schedule in_menu_order(sim::Schedule schedule) {
  using sim::Action;
  const std::vector<Action> order{Action::pause,     Action::clock, Action::crash,    Action::drop,
                                  Action::duplicate, Action::delay, Action::partition};
  const auto rank = [&](const sim::Fault& fault) {
    return std::tuple{place_text(fault), std::find(order.begin(), order.end(), fault.action),
                      -fault.jump.value_or(sim::Duration{0}), fault_key(fault)};
  };
  std::sort(schedule.begin(), schedule.end(),
            [&](const sim::Fault& a, const sim::Fault& b) { return rank(a) < rank(b); });
  return schedule;
}

/// A deployment to be searched. `start(schedule)` gives a run that has not taken a step;
/// `verdict(run)` says what a run that is over is judged.
template <typename Run>
struct Playground {
  std::function<Run(const sim::Schedule&)> start;
  std::function<std::string(Run&)> verdict;
  search::Menu menu;
};

template <typename Run>
class BruteForce {
 public:
  explicit BruteForce(const Playground<Run>& playground) : playground_{playground} {}

  /// All sets of exactly `k` faults that all take place and that can all matter.
  std::multiset<Tried> sets_of(std::size_t k) {
    std::map<std::vector<std::string>, sim::Schedule> sets{{{}, {}}};
    for (std::size_t i = 0; i < k; ++i) sets = with_one_more(sets);
    std::multiset<Tried> all;
    for (const auto& [key, schedule] : sets) all.insert(try_schedule(schedule));
    return all;
  }

  Tried try_schedule(const sim::Schedule& schedule) {
    Run run = playground_.start(schedule);
    while (run.step()) {
    }
    return {keys_of(schedule), run.world().digest(), playground_.verdict(run)};
  }

 private:
  using Sets = std::map<std::vector<std::string>, sim::Schedule>;

  static std::vector<std::string> keys_of(const sim::Schedule& schedule) {
    std::vector<std::string> keys;
    for (const sim::Fault& fault : schedule) {
      // The name says what `some` keeps, and is made longer until it draws that.
      const bool is_some = fault.keep == sim::Keep::some;
      keys.push_back(fault_key(fault) + (is_some ? fault.id.substr(0, fault.id.find('*')) : ""));
    }
    std::sort(keys.begin(), keys.end());
    return keys;
  }

  Sets with_one_more(const Sets& sets) {
    Sets larger;
    for (const auto& [key, schedule] : sets) {
      for (std::size_t event = 0; add_at(schedule, event, larger); ++event) {
      }
    }
    return larger;
  }

  /// Adds every fault at every point of one event to a schedule. False behind the last event.
  bool add_at(const sim::Schedule& schedule, std::size_t event, Sets& larger) {
    Run run = playground_.start(schedule);
    for (std::size_t i = 0; i < event; ++i) {
      if (!run.step()) return false;
    }
    search::PointCollector collector;
    collector.begin(run.world());
    run.observe(&collector);
    const bool is_there = run.step();
    run.observe(nullptr);
    for (const search::InjectionPoint& point : collector.points()) {
      for (std::size_t way = 0; way < ways_at(point, playground_.menu); ++way) {
        add(schedule, event, point, way, larger);
      }
    }
    return is_there;
  }

  void add(const sim::Schedule& schedule, std::size_t event, const search::InjectionPoint& point,
           std::size_t way, Sets& larger) {
    Run run = playground_.start(schedule);
    Fates fates{run.world()};
    run.observe(&fates);
    for (std::size_t i = 0; i < event; ++i) run.step();
    const sim::Fault fault = named(fault_at(point, playground_.menu, way), point, way, run.world());
    run.inject(fault);
    while (run.step()) {
    }
    const sim::Schedule all = in_menu_order(fates.recorder.faults(search::Unfired::leave_out));
    if (all.size() != schedule.size() + 1 || !fates.all_can_matter) return;
    const std::vector<std::string> keys = keys_of(all);
    if (std::adjacent_find(keys.begin(), keys.end()) == keys.end()) larger[keys] = all;
  }

  sim::Fault named(sim::Fault fault, const search::InjectionPoint& point, std::size_t way,
                   const sim::World& world) const {
    const auto kept = kept_at(point, playground_.menu, way);
    fault.id = kept_text(kept);
    const auto keeps = [&] {
      for (std::size_t i = 0; i < kept.size(); ++i) {
        const auto& [node, records] = point.unforced[i];
        if (world.kept_by_some(fault, node, records) != kept[i].records) return false;
      }
      return true;
    };
    while (!keeps()) fault.id += "*";
    return fault;
  }

  /// Whether every fault is one that the menu has where it fell. A crash keeps some of what is
  /// there. What an earlier cut stops is not dropped, delayed or doubled, nor is what is dropped
  /// delayed. Good for two faults on one message.
  struct Fates : sim::Observer {
    explicit Fates(const sim::World& run) : world{run}, recorder{run} {}
    void on(const sim::Observation& seen) override {
      recorder.on(seen);
      using Type = sim::Observation::Type;
      if (seen.type == Type::fault && seen.fault->trigger == sim::Trigger::match) {
        hits.insert(seen.fault->action);
      }
      if (seen.type == Type::fault && !keeps_what_it_says(*seen.fault)) all_can_matter = false;
      if (seen.type != Type::sent) return;
      const auto has = [&](sim::Action action) { return hits.contains(action); };
      const bool stopped = seen.fate == sim::Fate::cut && !has(sim::Action::partition);
      if (stopped && !hits.empty()) all_can_matter = false;
      if (has(sim::Action::delay) && has(sim::Action::drop)) all_can_matter = false;
      hits.clear();
    }
    bool keeps_what_it_says(const sim::Fault& crash) const {
      if (crash.keep == sim::Keep::forced) return true;
      std::vector<search::UnforcedTail> kept;
      std::uint32_t unforced = 0;
      std::uint32_t kept_in_all = 0;
      const auto& nodes = world.plan().plan().nodes;
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        const sim::NodeId node{static_cast<std::uint16_t>(i)};
        const sim::Log& log = world.log(node);
        const std::uint32_t records = log.records() - log.forced_records();
        if (nodes[i].machine != nodes[crash.nodes.front().index].machine || records == 0) continue;
        unforced += records;
        kept.push_back({node, world.kept_by_some(crash, node, records)});
        kept_in_all += kept.back().records;
      }
      if (crash.keep == sim::Keep::all) return unforced != 0;
      const bool is_some = kept_in_all != 0 && kept_in_all != unforced;
      return is_some && crash.id.substr(0, crash.id.find('*')) == kept_text(kept);
    }
    const sim::World& world;
    search::ScheduleRecorder recorder;
    std::set<sim::Action> hits;
    bool all_can_matter = true;
  };

  Playground<Run> playground_;
};

}  // namespace indoubt::test
