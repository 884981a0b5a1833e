#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/check.hpp"
#include "sim/explore/menu.hpp"
#include "sim/explore/points.hpp"
#include "sim/world/fault.hpp"

namespace indoubt::sim {

/// One fault of a set, by where it fell: the number of the event, the point within the event, and the
/// way of the menu.
struct Choice {
  std::uint32_t event = 0;
  std::uint32_t point = 0;
  std::uint32_t way = 0;
  auto operator<=>(const Choice&) const = default;
};
using Path = std::vector<Choice>;

/// Tries every set of exactly `k` faults of a menu over every injection point of a run, each once.
///
/// A set is extended only by points after its last fault, in the order in which the run passes them;
/// and the search goes on from a copy of the run before the event into which the fault falls, so that
/// what sets have in common is run once. `Run` is a value with `world()`, `step()`, `inject(fault)`
/// and `observe(observer)`.
template <typename Run>
class ExhaustiveSearch {
 public:
  static constexpr std::size_t most_faults = 8;

  explicit ExhaustiveSearch(const Run& start, const Menu& menu)
      : menu_{menu}, levels_(most_faults + 1, Level{start, start, {}, {}}) {}

  /// The first choices of all sets, in order: what parallel searches share out.
  std::vector<Choice> first_choices(const Run& start) {
    std::vector<Choice> choices;
    levels_[0].run = start;
    walk(0, 0, {}, [&](const Choice& choice, const InjectionPoint&) { choices.push_back(choice); });
    return choices;
  }

  /// Runs all sets of `k` >= 1 faults whose first fault is `first`. `visit(run, path)` gets each run
  /// at its end, with its faults; it returns false to stop.
  template <typename Visit>
  bool run_sets_with(const Run& start, const Choice& first, std::size_t k, Visit&& visit) {
    INDOUBT_CHECK(k >= 1 && k <= most_faults);
    path_.clear();
    levels_[0].run = start;
    std::uint32_t event = 0;
    while (event < first.event) {
      levels_[0].run.step();
      ++event;
    }
    bool goes_on = true;
    levels_[0].before = levels_[0].run;
    collect(levels_[0]);
    take(0, first, levels_[0].collector.points()[first.point], k, visit, goes_on);
    return goes_on;
  }

  /// The faults of a path, to be injected at its events. Ids are unique within the path.
  const Fault& fault(std::size_t position) const { return levels_[position + 1].fault; }

 private:
  struct Level {
    Run run;     ///< goes on from event to event
    Run before;  ///< the run before the event that is looked at
    Fault fault; ///< the last fault of this level's set
    PointCollector collector;
  };

  /// Lets the next event of the level take place and lists its points.
  bool collect(Level& level) {
    level.collector.begin(level.run.world());
    level.run.observe(&level.collector);
    const bool is_running = level.run.step();
    level.run.observe(nullptr);
    return is_running;
  }

  /// Calls `visit(choice, point)` for every choice from `first` on, event by event.
  template <typename Visit>
  void walk(std::size_t depth, std::uint32_t event, const Choice& first, Visit&& visit) {
    Level& level = levels_[depth];
    for (;; ++event) {
      level.before = level.run;
      if (!collect(level)) return;
      const auto& points = level.collector.points();
      for (std::uint32_t i = 0; i < points.size(); ++i) {
        const auto ways = static_cast<std::uint32_t>(ways_at(points[i], menu_));
        for (std::uint32_t way = 0; way < ways; ++way) {
          const Choice choice{event, i, way};
          if (choice >= first) visit(choice, points[i]);
        }
      }
      if (level.run.world().is_quiet()) return;
    }
  }

  /// Adds one fault to the set of a level and runs all sets that begin so.
  template <typename Visit>
  void take(std::size_t depth, const Choice& choice, const InjectionPoint& point, std::size_t k,
            Visit& visit, bool& goes_on) {
    if (!goes_on) return;
    Level& child = levels_[depth + 1];
    child.run = levels_[depth].before;
    child.fault = fault_at(point, menu_, choice.way);
    name_fault(depth, point, choice.way, child);
    child.run.inject(child.fault);
    path_.push_back(choice);
    if (depth + 1 == k) {
      while (child.run.step()) {
      }
      goes_on = visit(child.run, path_);
    } else {
      const Choice next{choice.event, choice.point, choice.way + 1};
      walk(depth + 1, choice.event, next, [&](const Choice& later, const InjectionPoint& where) {
        take(depth + 1, later, where, k, visit, goes_on);
      });
    }
    path_.pop_back();
  }

  /// Gives the fault an id of its own. A crash that keeps a part of the tail is named so that its draw
  /// keeps just that part.
  void name_fault(std::size_t depth, const InjectionPoint& point, std::size_t way, Level& child) const {
    Fault& fault = child.fault;
    fault.id += "-" + std::to_string(depth + 1);
    if (fault.action != Action::crash || fault.keep != Keep::some) return;
    const std::string base = fault.id;
    const auto keeps = [&] {
      return child.run.world().kept_by_some(fault, point.node, point.unforced);
    };
    for (int i = 1; keeps() != kept_at(point, menu_, way); ++i) fault.id = base + "-" + std::to_string(i);
  }

  Menu menu_;
  std::vector<Level> levels_;
  Path path_;
};

}  // namespace indoubt::sim
