#include "search/schedule/swarm.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "sim/base/mix.hpp"

namespace indoubt::search {
namespace {

using sim::Action;
using sim::DiskFault;
using sim::Duration;
using sim::Fault;
using sim::Keep;
using sim::NodeId;
using sim::Plan;
using sim::Schedule;
using sim::Trigger;
using sim::TrueTime;
using namespace std::chrono_literals;

constexpr std::uint64_t swarm_stream = 0x7377'6172'6d00'0004u;
constexpr std::uint64_t harm_stream = 0x6861'726d'0000'0006u;
constexpr std::uint64_t near_stream = 0x6e65'6172'0000'0005u;
/// Few faults are drawn often: most mistakes need one or two, and runs with few are cheap.
constexpr std::array<std::size_t, 8> numbers_of_faults{1, 1, 1, 2, 2, 3, 4, 6};
/// Enough for the most that is drawn, with what some faults bring along: a burst, a cut that
/// returns.
constexpr std::size_t most_faults = 12;
constexpr Duration short_wait = 10ms;
constexpr Duration burst_length = 20ms;
constexpr sim::Probability half{500'000'000};
/// Clocks that are looked after drift less; roles allow for a thousandth.
constexpr std::int64_t largest_drift_ppb = 200'000;

/// Sets all fields back to their defaults, and keeps the memory of lists.
void clear(Fault& fault) {
  fault.at = {};
  fault.match = {};
  fault.window = sim::Window::always;
  fault.probability = sim::Probability::certain();
  fault.place = {};
  fault.when = {};
  fault.nodes.clear();
  fault.keep = Keep::forced;
  fault.damage = {};
  fault.restart_after.reset();
  fault.lasts.reset();
  fault.one_way = false;
  fault.by = {};
  fault.offset.reset();
  fault.jump.reset();
  fault.drift_ppb.reset();
  fault.disk = DiskFault::slow;
  fault.links.clear();
  fault.worse = {};
}

}  // namespace

Swarm::Swarm(const Plan& plan, const Profile& profile, const SwarmOptions& options)
    : plan_{plan}, profile_{profile}, waits_{options.waits}, faults_{plan.faults} {
  for (unsigned i = 0; i < sim::action_count; ++i) {
    if ((options.actions >> i & 1u) != 0) allowed_.push_back(static_cast<Action>(i));
  }
  for (const sim::HarmDecl& decl : sim::harm_decls) {
    if (sim::has(options.actions, decl.harm)) harms_.push_back(decl.harm);
  }
  waits_.push_back(short_wait);
  longest_wait_ = *std::max_element(waits_.begin(), waits_.end());
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const NodeId node{static_cast<std::uint16_t>(i)};
    if (node != plan.client) nodes_.push_back(node);
    anybody_works_ = anybody_works_ || plan.nodes[node.index].work.takes_time();
  }
  for (const std::uint64_t effects : profile_.effects) all_effects_ += effects;
  name_faults();
  faults_.resize(plan.faults.size() + most_faults);
}

/// "crash-1", "crash-2", ...; "crash-1+" where the plan has such names.
void Swarm::name_faults() {
  const auto is_taken = [&](const std::string& name) {
    return std::any_of(plan_.faults.begin(), plan_.faults.end(),
                       [&](const Fault& fault) { return fault.id == name; });
  };
  for (unsigned action = 0; action < sim::action_count; ++action) {
    for (std::size_t i = 1; i <= most_faults; ++i) {
      std::string name =
          std::string{name_of(static_cast<Action>(action))} + "-" + std::to_string(i);
      while (is_taken(name)) name += '+';
      names_.push_back(std::move(name));
    }
  }
}

void Swarm::begin(std::uint64_t seed, std::uint64_t stream) {
  dice_ = {.key = sim::mix(seed, stream), .drawn = 0};
  used_ = plan_.faults.size();
  if (allowed_.empty()) return;
  choose_actions();
  burst_.reset();
  if (dice_.one_in(8)) burst_ = TrueTime{} + dice_.up_to(profile_.end.time_since_epoch());
}

std::span<const Fault> Swarm::draw(std::uint64_t seed) {
  begin(seed, swarm_stream);
  if (allowed_.empty()) return schedule();
  const std::size_t wanted = dice_.one_of(numbers_of_faults);
  for (std::size_t i = 0; i < wanted; ++i) add_fault();
  return schedule();
}

std::span<const Fault> Swarm::draw_near(std::uint64_t seed,
                                        const std::vector<Schedule>& schedules) {
  begin(seed, near_stream);
  if (allowed_.empty()) return schedule();
  const auto some_schedule = [&]() -> const Schedule& { return dice_.one_of(schedules); };
  constexpr std::uint64_t nothing = ~std::uint64_t{0};
  const Schedule& first = some_schedule();
  const bool leaves_one_out = !first.empty() && dice_.one_in(3);
  adopt(first, leaves_one_out ? dice_.below(first.size()) : nothing);
  if (dice_.one_in(8)) adopt(some_schedule(), nothing);
  const std::uint64_t wanted = dice_.below(4);
  for (std::uint64_t i = 0; i < wanted; ++i) add_fault();
  return schedule();
}

/// Takes over the faults of a schedule, but for one. They are named anew.
void Swarm::adopt(const Schedule& schedule, std::uint64_t left_out) {
  for (std::size_t i = 0; i < schedule.size() && used_ < faults_.size(); ++i) {
    if (i == left_out) continue;
    Fault& fault = add(schedule[i].action);
    std::string id = std::move(fault.id);
    fault = schedule[i];
    fault.id = std::move(id);
  }
}

/// Half of the kinds are on, and one at least.
void Swarm::choose_actions() {
  const auto coins = static_cast<std::uint32_t>(dice_.word() >> 32);
  const Action one = dice_.one_of(allowed_);
  on_ = coins | 1u << static_cast<unsigned>(one);
}

/// One of those that are on.
Action Swarm::next_action() {
  for (;;) {
    const Action action = dice_.one_of(allowed_);
    if ((on_ >> static_cast<unsigned>(action) & 1u) != 0) return action;
  }
}

/// The next fault to be filled in. Its memory is used again.
Fault& Swarm::add(Action action) {
  Fault& fault = faults_[used_++];
  clear(fault);
  fault.action = action;
  fault.id =
      names_[static_cast<std::size_t>(action) * most_faults + used_ - 1 - plan_.faults.size()];
  if (action == Action::partition && fault.groups.empty()) {
    if (spare_groups_.empty()) spare_groups_.emplace_back(2);
    fault.groups.swap(spare_groups_.back());
    spare_groups_.pop_back();
  } else if (action != Action::partition && !fault.groups.empty()) {
    spare_groups_.emplace_back().swap(fault.groups);
  }
  return fault;
}

void Swarm::add_fault() {
  if (used_ == faults_.size()) return;
  Fault& fault = add(next_action());
  if (sim::befalls_messages(fault.action)) {
    strike_message(fault);
    if (dice_.one_in(4)) repeat_on_next_messages(fault);
  } else if (fault.action == Action::partition) {
    split(fault);
    if (fault.trigger == Trigger::at && dice_.one_in(3)) return_later(fault);
  } else if (fault.action == Action::degrade && dice_.one_in(2)) {
    worsen_link(fault);
  } else {
    strike_node(fault);
  }
}

/// One message of those that runs send, or now and then all that a link carries for a while, or
/// half of that.
void Swarm::strike_message(Fault& fault) {
  fault.trigger = Trigger::match;
  if (profile_.sendings.empty()) return;
  const Profile::Sending& sending = dice_.one_of(profile_.sendings);
  fault.match.from = sending.from;
  fault.match.to = sending.to;
  if (!dice_.one_in(32)) {
    fault.match.kind = sending.kind;
    fault.match.nth = 1 + static_cast<std::uint32_t>(dice_.below(sending.count));
  } else {
    place_in_time(fault);
    fault.trigger = Trigger::match;
    fault.window = sim::Window::at;
    fault.lasts = some_wait();
    if (dice_.one_in(2)) fault.probability = half;
  }
  const bool is_late = fault.action == Action::delay || !dice_.one_in(2);
  if (is_late && fault.action != Action::drop && fault.action != Action::corrupt)
    fault.by = some_wait();
}

/// A burst: the same happens to the next ones of the kind.
void Swarm::repeat_on_next_messages(const Fault& first) {
  if (!first.match.nth) return;
  const std::uint64_t more = 1 + dice_.below(3);
  const std::uint32_t nth = *first.match.nth;
  for (std::uint32_t i = 1; i <= more && used_ < faults_.size(); ++i) {
    Fault& next = add(first.action);
    next.trigger = Trigger::match;
    next.match = first.match;
    next.match.nth = nth + i;
    next.by = first.by;
  }
}

/// A link that runs use, in one direction.
void Swarm::worsen_link(Fault& fault) {
  place_in_time(fault);
  if (profile_.sendings.empty()) return fault.nodes.push_back(some_node());
  const Profile::Sending& sending = dice_.one_of(profile_.sendings);
  fault.links.push_back({sending.from, sending.to});
  worsen(fault);
}

/// Slow, or with holes, or both.
void Swarm::worsen(Fault& fault) {
  constexpr std::array<std::uint32_t, 3> often{5, 20, 100};
  const std::uint64_t ways = 1 + dice_.below(15);
  if ((ways & 1u) != 0) fault.worse.times = dice_.one_of(often);
  if ((ways & 2u) != 0) fault.worse.plus = some_wait();
  if ((ways & 4u) != 0) fault.worse.loss = half;
  if ((ways & 8u) != 0) fault.worse.duplicate = half;
  fault.lasts = some_wait();
}

void Swarm::strike_node(Fault& fault) {
  place_at_node(fault);
  if (fault.trigger == Trigger::at && dice_.one_in(8)) fault.nodes = nodes_;  // a power failure
  strengthen(fault);
  do_harm(fault);
}

/// Half of the crashes or disks that may do harm do it, with draws of their own: where no harm is
/// asked for, everything is drawn as if there were none.
void Swarm::do_harm(Fault& fault) {
  if (harms_.empty()) return;
  Dice dice{.key = sim::mix(dice_.key, harm_stream + used_), .drawn = 0};
  const sim::Harm harm = dice.one_of(harms_);
  const bool is_of_it = sim::harm_decls[static_cast<std::size_t>(harm)].action == fault.action;
  if (!is_of_it || dice.one_in(2)) return;
  switch (harm) {
    case sim::Harm::wipe: fault.damage.wipe = true; break;
    case sim::Harm::rollback:
      fault.damage.rollback = Duration{1} + dice.up_to(profile_.end.time_since_epoch());
      break;
    case sim::Harm::rot: fault.damage.rot = true; return;
    case sim::Harm::lost_sends: fault.damage.lost_sends = true; return;
    case sim::Harm::clock_restarts: fault.damage.clock_restarts = true; return;
    case sim::Harm::lying:
      fault.disk = DiskFault::lying;
      fault.by = {};
      fault.restart_after.reset();
      return;
  }
  fault.keep = Keep::forced;  // nothing is left of what was not forced
}

/// A cut between two groups, each of at least one node.
void Swarm::split(Fault& fault) {
  const std::uint64_t sides = dice_.word();
  for (std::vector<NodeId>& group : fault.groups) group.clear();
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    fault.groups[sides >> (i % 63) & 1u].push_back(nodes_[i]);
  }
  for (std::size_t i = 0; i < 2 && nodes_.size() > 1; ++i) {
    if (!fault.groups[i].empty()) continue;
    fault.groups[i].push_back(fault.groups[1 - i].back());
    fault.groups[1 - i].pop_back();
  }
  fault.one_way = dice_.one_in(4);
  fault.lasts = some_wait();
  if (dice_.one_in(2) || !place_at_fact(fault)) place_in_time(fault);
}

/// The cut heals, and comes again.
void Swarm::return_later(const Fault& first) {
  if (used_ == faults_.size()) return;
  const TrueTime again = first.at + *first.lasts + dice_.up_to(longest_wait_);
  if (again >= plan_.limits.quiet_after) return;
  Fault& second = add(Action::partition);
  second.trigger = Trigger::at;
  second.at = again;
  for (std::size_t i = 0; i < 2; ++i) second.groups[i] = first.groups[i];
  second.one_way = first.one_way;
  second.lasts = some_wait();
}

void Swarm::place_at_node(Fault& fault) {
  const std::uint64_t where = dice_.below(8);
  if (where < 4 && all_effects_ != 0) return place_at_effect(fault);
  if (where < 6 && place_at_fact(fault)) {
    fault.nodes.push_back(dice_.one_in(4) ? some_node() : fault.when.at.value_or(nodes_.front()));
    if (fault.nodes.front() == plan_.client) fault.nodes.front() = some_node();
    return;
  }
  place_in_time(fault);
  fault.nodes.push_back(some_node());
}

/// Before any effect that runs have, and a few more: handling a fault takes some, too.
void Swarm::place_at_effect(Fault& fault) {
  fault.trigger = Trigger::place;
  std::uint64_t effect = dice_.below(all_effects_);
  std::size_t node = 0;
  while (effect >= profile_.effects[node]) effect -= profile_.effects[node++];
  fault.nodes.push_back(NodeId{static_cast<std::uint16_t>(node)});
  fault.place.effect = 1 + static_cast<std::uint32_t>(effect);
}

bool Swarm::place_at_fact(Fault& fault) {
  if (profile_.facts.empty()) return false;
  const Profile::Statement& fact = dice_.one_of(profile_.facts);
  fault.trigger = Trigger::when;
  fault.when.fact = fact.fact;
  fault.when.at = fact.node;
  fault.when.nth = 1 + static_cast<std::uint32_t>(dice_.below(fact.count));
  return true;
}

/// Uniformly while the orders are under way, or later, when what was held runs out.
void Swarm::place_in_time(Fault& fault) {
  fault.trigger = Trigger::at;
  if (burst_) {
    fault.at = *burst_ + dice_.up_to(burst_length);
  } else {
    fault.at = TrueTime{} + dice_.up_to(profile_.end.time_since_epoch());
    if (dice_.one_in(4)) fault.at += dice_.up_to(2 * longest_wait_);
  }
  fault.at = std::min(fault.at, plan_.limits.quiet_after - Duration{1});
}

/// How bad it is, and for how long.
void Swarm::strengthen(Fault& fault) {
  switch (fault.action) {
    case Action::crash:
      fault.keep = static_cast<Keep>(dice_.below(4));
      if (!dice_.one_in(8)) fault.restart_after = some_wait();
      return;
    case Action::pause: fault.lasts = some_wait(); return;
    case Action::clock: {
      const Duration wait = some_wait();
      const std::uint64_t way = dice_.below(5);
      if (way < 2) fault.jump = way == 0 ? wait : -wait;
      if (way == 2 || way == 3) fault.offset = way == 2 ? wait : -wait;
      if (way == 4) {
        fault.drift_ppb =
            largest_drift_ppb - static_cast<std::int64_t>(dice_.below(2 * largest_drift_ppb + 1));
      }
      return;
    }
    case Action::disk:
      fault.disk = static_cast<DiskFault>(dice_.below(3));
      fault.lasts = some_wait();
      if (fault.disk == DiskFault::slow) fault.by = some_wait();
      if (fault.disk == DiskFault::error) fault.restart_after = some_wait();
      return;
    case Action::degrade:
      worsen(fault);
      if (dice_.one_in(2)) fault.worse.force_times = 10;
      if (anybody_works_ && dice_.one_in(2)) fault.worse.work_times = 10;
      return;
    case Action::partition:
    case Action::drop:
    case Action::duplicate:
    case Action::delay:
    case Action::corrupt: return;  // act on links and messages
  }
}

NodeId Swarm::some_node() { return dice_.one_of(nodes_); }

/// About as long as somebody waits: shorter, just so, a little longer, or much longer.
Duration Swarm::some_wait() {
  const Duration wait = dice_.one_of(waits_);
  switch (dice_.below(5)) {
    case 0: return wait / 2;
    case 1: return wait - wait / 16;
    case 2: return wait + wait / 16;
    case 3: return 2 * wait;
    default: return std::max(Duration{1}, dice_.up_to(wait));
  }
}

}  // namespace indoubt::search
