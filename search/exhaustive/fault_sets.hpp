#pragma once

#include <algorithm>
#include <atomic>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "search/schedule/menu.hpp"
#include "search/schedule/points.hpp"
#include "search/schedule/recorder.hpp"
#include "sim/base/check.hpp"
#include "sim/world/fault.hpp"

namespace indoubt::search {

/// One fault of a set, by where it fell: the number of the event, the point within the event, and
/// the way of the menu.
struct Choice {
  std::uint32_t event = 0;
  std::uint32_t point = 0;
  std::uint32_t way = 0;
  auto operator<=>(const Choice&) const = default;
};
using Path = std::vector<Choice>;

/// The most faults of a set.
inline constexpr std::size_t most_faults_of_a_set = 8;

/// Tries every set of exactly `k` faults of a menu over every injection point of a run, each once.
///
/// A set is extended only by points after its last fault, in the order in which the run passes
/// them; and the search goes on from a copy of the run before the event into which the fault falls,
/// so that what sets have in common is run once. `Run` is a value with `world()`, `step()`,
/// `inject(fault)` and `observe(observer)`.
template <typename Run>
class ExhaustiveSearch {
 public:
  /// A search of sets that begin at `start`, which must not have taken a step.
  ExhaustiveSearch(const Run& start, const Menu& menu)
      : menu_{menu}, start_{start}, levels_(most_faults_of_a_set + 1, Level{start, start, {}, {}}) {
    path_.reserve(most_faults_of_a_set);
  }

  /// The first choices of all sets, in order: what parallel searches share out.
  /// Fewer if `stop` is set meanwhile.
  std::vector<Choice> first_choices(const std::atomic<bool>* stop = nullptr) {
    std::vector<Choice> choices;
    levels_[0].run = start_;
    walk(0, {}, nullptr, [&](const Choice& choice) {
      choices.push_back(choice);
      return stop == nullptr || !*stop;
    });
    return choices;
  }

  /// Runs all sets of `k` >= 1 faults whose first fault is `first`. `visit(run, path)` gets each
  /// run at its end, with its faults; it returns false to stop.
  template <typename Visit>
  void run_sets_with(const Choice& first, std::size_t k, Visit&& visit) {
    INDOUBT_CHECK(k >= 1 && k <= most_faults_of_a_set);
    path_.clear();
    levels_[0].run = start_;
    std::uint32_t event = 0;
    const bool is_there = advance(levels_[0].run, event, first.event) && collect(levels_[0], first);
    INDOUBT_CHECK(is_there);
    take(0, first, k, visit);
  }

  /// While `visit` runs: the point at which a fault of the set fell, and the fault as it was
  /// injected.
  const InjectionPoint& point(std::size_t position) const {
    return levels_[position].collector.points()[path_[position].point];
  }
  const sim::Fault& fault(std::size_t position) const { return levels_[position + 1].fault; }

  /// A run that was made again from the start, and its faults: as they were injected in the middle
  /// of it, and as they are saved. On top of the run's own, the latter give the same run from the
  /// start.
  struct Replay {
    Run run;
    sim::Schedule injected{};
    sim::Schedule saved{};
  };
  /// Makes the run of a path again; null if there is no such path.
  std::unique_ptr<Replay> replay(const Path& path) {
    if (path.size() > most_faults_of_a_set) return nullptr;
    auto made = std::make_unique<Replay>(Replay{start_});
    made->injected.reserve(path.size());
    ScheduleRecorder recorder{made->run.world()};
    made->run.observe(&recorder);
    const std::size_t own = made->run.world().fault_count();
    std::uint32_t event = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
      const bool is_there = path[i].event >= event && advance(made->run, event, path[i].event);
      levels_[0].run = made->run;
      levels_[0].run.observe(nullptr);
      if (!is_there || !collect(levels_[0], path[i])) return nullptr;
      const InjectionPoint& where = levels_[0].collector.points()[path[i].point];
      made->injected.push_back(named_fault_at(where, menu_, path[i].way, i, made->run.world()));
      made->run.inject(made->injected.back());
    }
    while (made->run.step()) {
    }
    made->run.observe(nullptr);
    made->saved = recorder.faults(Unfired::leave_out, own);
    return made;
  }

 private:
  struct Level {
    Run run;           ///< goes on from event to event
    Run before;        ///< the run before the event that is looked at
    sim::Fault fault;  ///< the last fault of this level's set
    PointCollector collector;
  };

  /// Lets events take place up to number `event`. False if the run ends before.
  static bool advance(Run& run, std::uint32_t& now, std::uint32_t event) {
    for (; now < event; ++now) {
      if (!run.step()) return false;
    }
    return true;
  }

  /// Keeps the level's run as it is and lets the next event take place, listing its points.
  bool collect(Level& level) {
    level.before = level.run;
    level.collector.begin(level.run.world());
    level.run.observe(&level.collector);
    const bool is_running = level.run.step();
    level.run.observe(nullptr);
    return is_running;
  }
  /// The same. Returns whether the event has this choice.
  bool collect(Level& level, const Choice& choice) {
    if (!collect(level)) return false;
    const auto& points = level.collector.points();
    return choice.point < points.size() && choice.way < ways_at(points[choice.point], menu_);
  }

  /// Calls `visit(choice)` for every choice behind `last`, event by event, until it returns false.
  /// `fell_at` is the point at which `last` fell. That fault may have put another point in its
  /// place, all of whose choices are new.
  template <typename Visit>
  bool walk(std::size_t depth, const Choice& last, const InjectionPoint* fell_at, Visit&& visit) {
    Level& level = levels_[depth];
    for (Choice next = last; collect(level); ++next.event, next.point = 0) {
      const auto& points = level.collector.points();
      for (; next.point < points.size(); ++next.point) {
        const InjectionPoint& point = points[next.point];
        const bool goes_on_there = fell_at != nullptr && fell_at->is_same_place(point);
        next.way = goes_on_there ? last.way + 1 : 0;
        fell_at = nullptr;
        const std::size_t ways = ways_at(point, menu_);
        for (; next.way < ways; ++next.way) {
          if (can_matter(point, menu_, next.way) && !visit(next)) return false;
        }
      }
      fell_at = nullptr;
      if (level.run.world().is_quiet()) break;
    }
    return true;
  }

  /// Adds one fault to the set of a level and runs all sets that begin so. False to stop.
  template <typename Visit>
  bool take(std::size_t depth, const Choice& choice, std::size_t k, Visit& visit) {
    const InjectionPoint& where = levels_[depth].collector.points()[choice.point];
    Level& child = levels_[depth + 1];
    child.run = levels_[depth].before;
    child.fault = named_fault_at(where, menu_, choice.way, depth, child.run.world());
    child.run.inject(child.fault);
    path_.push_back(choice);
    bool goes_on = true;
    if (depth + 1 == k) {
      while (child.run.step()) {
      }
      goes_on = visit(child.run, path_);
    } else {
      goes_on = walk(depth + 1, choice, &where,
                     [&](const Choice& later) { return take(depth + 1, later, k, visit); });
    }
    path_.pop_back();
    return goes_on;
  }

  Menu menu_;
  Run start_;
  std::vector<Level> levels_;
  Path path_;
};

}  // namespace indoubt::search
