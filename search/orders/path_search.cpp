#include "search/orders/path_search.hpp"

#include <algorithm>
#include <stdexcept>

namespace indoubt::search {
namespace {

/// So many transitions between two looks at whether to stop.
constexpr std::uint64_t moves_between_looks = 1024;

/// Of more machines each is cut off alone: there would be too many ways.
constexpr std::size_t most_machines_to_split = 10;

bool befalls_late(const sim::Fault& fault) { return fault.by == sim::longest_delay; }

}  // namespace

/// A state on the present path, and what was done to come from it to the next.
struct PathSearch::Level {
  explicit Level(const Trial& of) : trial{of} {}

  Trial trial;
  Leeway left{};
  sim::Fingerprint state{};
  std::vector<std::size_t> choices{};
  std::vector<InjectionPoint> points{};  ///< of the event that is tried
  PointCollector collector{};
  sim::Fault fault{};  ///< that led here, if one did
};

std::vector<Split> splits_of(const sim::Plan& plan) {
  std::vector<sim::NodeId> machines;
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const sim::NodeId node{static_cast<std::uint16_t>(i)};
    if (plan.nodes[i].machine == node && plan.client != node) machines.push_back(node);
  }
  const bool is_small = machines.size() <= most_machines_to_split;
  // The first machine is always in the first group, or each split would come twice.
  const std::size_t count = is_small ? (std::size_t{1} << machines.size()) / 2 : machines.size();
  std::vector<Split> splits;
  for (std::size_t number = is_small ? 1 : 0; number < count; ++number) {
    Split& split = splits.emplace_back();
    for (std::size_t i = 0; i < machines.size(); ++i) {
      const bool is_second = is_small ? i > 0 && (number >> (i - 1) & 1u) != 0 : i == number;
      split[is_second ? 1 : 0].push_back(machines[i]);
    }
  }
  return splits;
}

std::vector<InjectionPoint> points_of(const sim::DueEvent& event, const PointCollector& seen,
                                      const sim::World& before, const sim::World& after) {
  std::vector<InjectionPoint> points = seen.points();
  if (after.plan().is_client(event.node)) return points;
  const sim::NodeId machine = after.plan().plan().nodes[event.node.index].machine;
  if (!after.is_up(machine)) return points;
  InjectionPoint& last = points.emplace_back();
  last.type = InjectionPoint::Type::after;
  last.node = machine;
  last.kind = event.kind;
  last.at = before.now();
  last.unforced = unforced_tails(after, machine);
  return points;
}

Menu menu_of_orders(const sim::World& world, std::uint32_t actions,
                    const std::vector<Split>& splits) {
  const sim::Duration longest = world.plan().plan().longest_wait;
  const auto until = [&](sim::TrueTime instant) {
    return instant == sim::never ? longest : instant - world.now();
  };
  Menu menu{.actions = actions, .longest_timeout = longest, .instants = InstantSpans{}};
  menu.instants->next = until(world.next_instant());
  // Until right after it: what ends at an instant ends before its timers fire.
  menu.instants->last = until(world.last_timer()) + sim::Duration{1};
  menu.instants->splits = &splits;
  return menu;
}

PathSearch::PathSearch(const Trial& start, const OrdersOptions& options, const Stage& stage,
                       const std::atomic<bool>& settled)
    : start_{start},
      options_{options},
      stage_{stage},
      settled_{settled},
      splits_{splits_of(start.world().plan().plan())} {
  result_.stage = stage;
}

PathSearch::~PathSearch() = default;

StageResult PathSearch::run(const Visit& visit) {
  visit_ = &visit;
  Level& first = level(0);
  first.left = {.faults = stage_.faults, .disorder = stage_.disorder.value_or(0)};
  first.trial.reach_choice();
  enter(0);
  result_.states = visited_.size();
  result_.is_done = !is_stopped_;
  return result_;
}

PathSearch::Level& PathSearch::level(std::size_t depth) {
  while (levels_.size() <= depth) levels_.push_back(std::make_unique<Level>(start_));
  return *levels_[depth];
}

bool PathSearch::is_to_stop() {
  if (is_stopped_) return true;
  if (result_.transitions % moves_between_looks != 0) return false;
  result_.states = visited_.size();
  if (options_.progress) {
    options_.progress({.stage = stage_,
                       .most_faults = options_.most_faults,
                       .states = result_.states,
                       .transitions = result_.transitions,
                       .depth = path_.size()});
  }
  is_stopped_ = settled_ || (options_.stop != nullptr && *options_.stop) ||
                result_.states >= options_.most_states;
  return is_stopped_;
}

sim::Fingerprint PathSearch::fingerprint(Level& level, std::uint64_t seed) {
  const sim::World& world = level.trial.world();
  const bool may_set_back = (options_.actions & sim::bit_of(sim::Action::clock)) != 0;
  const auto times = static_cast<std::int64_t>(level.left.faults);
  const sim::Duration set_back =
      may_set_back ? times * world.plan().plan().longest_wait : sim::Duration{0};
  sim::StateHash hash{seed};
  world.hash_into(hash, scratch_, set_back);
  readings_.clear();
  for (std::size_t i = 0; i < world.plan().nodes(); ++i)
    readings_.push_back(world.reading({static_cast<std::uint16_t>(i)}) - set_back);
  const auto told = [&](sim::NodeId node, sim::OrderId order) { return world.told(node, order); };
  level.trial.judge().hash_into(hash, {.readings = readings_, .told = told});
  return hash.value();
}

/// Two hashes that know nothing of each other do not both take one state for another.
void PathSearch::check_hash(const sim::Fingerprint& state, Level& level) {
  constexpr std::uint64_t another_seed = 0x5eed;
  const sim::Fingerprint other = fingerprint(level, another_seed);
  const auto [high, low] = Visited::key_of(state);
  const auto [known, is_new] = other_hashes_.try_emplace({high, low}, other);
  if (!is_new && known->second != other) throw std::logic_error{"two states have one hash"};
}

/// A state that has been met with as much leeway leads nowhere new. Met again on the path that
/// comes from it, it may go on like this for ever.
bool PathSearch::enter(std::size_t depth) {
  Level& level = *levels_[depth];
  level.trial.judge_facts();
  if (!options_.merges) return expand(depth);
  const sim::Fingerprint state = level.state = fingerprint(level, 0);
  if (options_.checks_hashes) check_hash(state, level);
  Visited::State known = visited_.find(state);
  const std::size_t mark = level.left.faults + 1;
  const std::size_t outer = known.path();
  if (known.covers(level.left)) {
    const bool was_cut = known.was_cut();
    if (outer == mark) end(level.trial, ending_of_circle(depth));
    return was_cut;
  }
  known.enter(level.left);
  known.set_path(mark);
  const bool is_cut = expand(depth);
  Visited::State left = visited_.find(state);
  left.set_path(outer);
  if (is_cut) left.cut();
  return is_cut;
}

bool PathSearch::expand(std::size_t depth) {
  Level& level = *levels_[depth];
  if (level.trial.world().is_over()) {
    end(level.trial, Ending::at_rest);
    return false;
  }
  if (level.left.instants > options_.most_instants) {
    cut(level.trial);
    return true;
  }
  level.trial.world().list_choices(level.choices);
  bool is_oldest = true;
  bool are_all_late = true;
  bool is_cut = false;
  for (const std::size_t due : level.choices) {
    if (is_to_stop()) return is_cut;
    const bool is_late = level.trial.world().due()[due].is_late;
    Leeway left = level.left;
    if (!is_late && !is_oldest && stage_.disorder) {
      if (left.disorder == 0) continue;
      --left.disorder;
    }
    is_oldest = is_oldest && is_late;
    are_all_late = are_all_late && is_late;
    is_cut |= try_move(depth, {.due = due}, left);
    if (left.faults != 0) is_cut |= try_faults(depth, due, left);
  }
  if (are_all_late && !is_to_stop()) is_cut |= try_move(depth, {}, level.left);
  return is_cut;
}

/// Each way in which each place of the event that was just tried can go wrong.
bool PathSearch::try_faults(std::size_t depth, std::size_t due, const Leeway& leeway) {
  Level& level = *levels_[depth];
  const Menu menu = menu_of_orders(level.trial.world(), options_.actions, splits_);
  Leeway left = leeway;
  --left.faults;
  bool is_cut = false;
  for (std::uint32_t point = 0; point < level.points.size(); ++point) {
    const auto ways = static_cast<std::uint32_t>(ways_at(level.points[point], menu));
    for (std::uint32_t way = 0; way < ways && !is_to_stop(); ++way) {
      if (!can_matter(level.points[point], menu, way)) continue;
      is_cut |= try_move(depth, {.due = due, .fault = FaultChoice{point, way}}, left);
    }
  }
  return is_cut;
}

bool PathSearch::try_move(std::size_t depth, const Move& move, const Leeway& left) {
  Level& from = *levels_[depth];
  Level& to = level(depth + 1);
  to.trial = from.trial;
  to.left = left;
  if (!move.fault) return follow(depth, move);
  const InjectionPoint& point = from.points[move.fault->point];
  const Menu menu = menu_of_orders(from.trial.world(), options_.actions, splits_);
  to.fault = named_fault_at(point, menu, move.fault->way, faults_.size(), to.trial.world());
  if (befalls_late(to.fault)) to.trial.free_late_messages();
  to.trial.inject(to.fault);
  points_.push_back(&point);
  faults_.push_back(&to.fault);
  const bool is_cut = follow(depth, move);
  points_.pop_back();
  faults_.pop_back();
  return is_cut;
}

/// Makes the move at the next level, which is a copy of this one with the move's fault, and goes on
/// from there.
bool PathSearch::follow(std::size_t depth, const Move& move) {
  Level& from = *levels_[depth];
  Level& to = *levels_[depth + 1];
  const bool lists_points = move.due && !move.fault && to.left.faults != 0;
  if (lists_points) {
    from.collector.begin(to.trial.world());
    to.trial.observe(&from.collector);
  }
  ++result_.transitions;
  const sim::TrueTime before = to.trial.world().now();
  const std::size_t faults = to.trial.world().fault_count();
  const bool goes_on = move.due ? to.trial.choose(*move.due) : to.trial.wait();
  if (lists_points) {
    to.trial.observe(nullptr);
    from.points = points_of(from.trial.world().due()[*move.due], from.collector, from.trial.world(),
                            to.trial.world());
  }
  if (move.fault && !to.trial.world().fault_fired(faults - 1)) return false;
  // What waits for late messages alone is as good as without them.
  if (!move.due && !goes_on) return false;
  const bool is_later = to.trial.world().now() != before;
  to.left.instants = move.fault ? 0 : from.left.instants + (is_later ? 1 : 0);
  path_.push_back(move);
  const bool is_cut = enter(depth + 1);
  path_.pop_back();
  return is_cut;
}

/// What nothing later can excuse is a violation even so.
void PathSearch::cut(const Trial& at) {
  ++result_.cut_paths;
  if (!(*visit_)(at, path_)) is_stopped_ = true;
}

/// Met again at the very instant at which it was met before, a state comes again without end, and
/// time does not pass.
PathSearch::Ending PathSearch::ending_of_circle(std::size_t depth) const {
  const Level& last = *levels_[depth];
  for (std::size_t i = depth; i-- > 0;) {
    const Level& earlier = *levels_[i];
    if (earlier.trial.world().now() != last.trial.world().now()) break;
    if (earlier.state == last.state) return Ending::standstill;
  }
  return Ending::still;
}

void PathSearch::end(const Trial& at, Ending ending) {
  // If it never came it was lost, and a copy that never came was none: other paths have that.
  if (at.world().awaits_late_messages()) return;
  ++result_.ends;
  if (ended_ == nullptr) ended_ = std::make_unique<Trial>(at);
  *ended_ = at;
  if (ending == Ending::still) ended_->call_still();
  if (ending == Ending::standstill) ended_->call_standstill();
  ended_->finish();
  if (!(*visit_)(*ended_, path_)) is_stopped_ = true;
}

}  // namespace indoubt::search
