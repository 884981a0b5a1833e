#include "search/schedule/recorder.hpp"

#include <algorithm>
#include <iterator>

#include "sim/base/check.hpp"

namespace indoubt::search {

using sim::Action;
using sim::Fate;
using sim::Fault;
using sim::no_order;
using sim::Observation;
using sim::Plan;
using sim::Schedule;
using sim::Trigger;

namespace {

/// What struck this message strikes it in any case.
void make_certain(Fault& fault) {
  fault.window = sim::Window::always;
  fault.probability = sim::Probability::certain();
  fault.at = {};
  fault.every = {};
  fault.lasts.reset();
}

}  // namespace

void ScheduleRecorder::on(const Observation& observation) {
  using Type = Observation::Type;
  if (observation.type == Type::handling) handling_begins(observation);
  if (observation.type == Type::fault) fault_occurs(observation);
  if (observation.type == Type::copied) message_is_copied();
  if (observation.type == Type::sent) message_is_sent(observation);
}

Schedule ScheduleRecorder::faults(Unfired unfired, std::size_t first) const {
  Schedule all;
  for (std::size_t i = first; i < world_.fault_count(); ++i) {
    const Fault& fault = world_.fault(i);
    if (i < occurrences_.size() && !occurrences_[i].empty()) {
      all.insert(all.end(), occurrences_[i].begin(), occurrences_[i].end());
    } else if (unfired == Unfired::keep && fault.trigger != Trigger::every) {
      all.push_back(fault);
    }
  }
  return all;
}

Schedule ScheduleRecorder::chance() const {
  Schedule named = chance_;
  const std::string prefix = free_prefix();
  for (std::size_t i = 0; i < named.size(); ++i) named[i].id = prefix + std::to_string(i + 1);
  return named;
}

/// Begins names for what chance did, and no name of a fault.
std::string ScheduleRecorder::free_prefix() const {
  std::string prefix = "chance-";
  const auto is_taken = [&] {
    for (std::size_t i = 0; i < world_.fault_count(); ++i) {
      if (world_.fault(i).id.starts_with(prefix)) return true;
    }
    return false;
  };
  while (is_taken()) prefix += '-';
  return prefix;
}

void ScheduleRecorder::handling_begins(const Observation& handling) {
  if (handlings_.size() <= handling.node.index) handlings_.resize(handling.node.index + 1u);
  auto& of_node = handlings_[handling.node.index];
  of_node.push_back({.kind = handling.kind,
                     .order = {},
                     .nth = ++handling_counts_[{handling.node, handling.kind, handling.order}]});
  if (handling.order != no_order) of_node.back().order = handling.order;
  INDOUBT_CHECK(of_node.size() == handling.handling);
}

std::size_t ScheduleRecorder::index_of(const Fault& fault) const {
  std::size_t index = 0;
  while (&world_.fault(index) != &fault) ++index;
  return index;
}

void ScheduleRecorder::fault_occurs(const Observation& seen) {
  Fault occurrence = *seen.fault;
  const std::size_t index = index_of(*seen.fault);
  if (occurrences_.size() <= index) occurrences_.resize(index + 1);
  // What a degraded link loses and copies is recorded message by message.
  occurrence.worse.loss = occurrence.worse.duplicate = {};
  const std::string numbered = occurrence.id + "#" + std::to_string(seen.occurrence);
  switch (occurrence.trigger) {
    case Trigger::every:
      occurrence.id = numbered;
      occurrence.trigger = Trigger::at;
      occurrence.at = seen.time;
      occurrence.every = {};
      break;
    case Trigger::match:
      if (!occurrence.match.nth) occurrence.id = numbered;
      if (befalls_messages(occurrence.action)) make_certain(occurrence);
      hits_.emplace_back(index, occurrences_[index].size());
      copies_by_faults_ += occurrence.action == Action::duplicate ? 1 : 0;
      is_corrupted_by_fault_ = is_corrupted_by_fault_ || occurrence.action == Action::corrupt;
      break;
    case Trigger::place:
      occurrence.place = {.handling = handlings_[occurrence.nodes.front().index][seen.handling - 1],
                          .effect = seen.effect_in_handling};
      break;
    case Trigger::at:
    case Trigger::when: break;
  }
  occurrences_[index].push_back(std::move(occurrence));
}

/// Copies that faults make come before the one that the network makes.
void ScheduleRecorder::message_is_copied() {
  if (copies_by_faults_ == 0) {
    ++copies_by_chance_;
  } else {
    --copies_by_faults_;
  }
}

void ScheduleRecorder::message_is_sent(const Observation& sent) {
  const Plan& plan = world_.plan().plan();
  if (plan.nodes[sent.node.index].machine != plan.nodes[sent.peer.index].machine) {
    const Fault::MessagePattern pattern = name_sending(sent);
    for (const auto& [fault, occurrence] : hits_) occurrences_[fault][occurrence].match = pattern;
    for (; copies_by_chance_ != 0; --copies_by_chance_) add_chance(Action::duplicate, pattern);
    if (sent.fate == Fate::lost) add_chance(Action::drop, pattern);
    if (sent.fate == Fate::corrupted && !is_corrupted_by_fault_)
      add_chance(Action::corrupt, pattern);
  }
  hits_.clear();
  copies_by_faults_ = 0;
  copies_by_chance_ = 0;
  is_corrupted_by_fault_ = false;
}

/// A pattern that this sending alone matches. A message about no order is counted among those
/// about any, because a pattern cannot say "no order".
Fault::MessagePattern ScheduleRecorder::name_sending(const Observation& sent) {
  const auto number = [&](std::uint32_t order) {
    return ++sending_counts_[{sent.node.index, sent.peer.index, sent.kind, order}];
  };
  Fault::MessagePattern pattern{
      .from = sent.node, .to = sent.peer, .kind = sent.kind, .nth = number(0)};
  if (sent.order == no_order) return pattern;
  pattern.order = sent.order;
  pattern.nth = number(sent.order.index + 1);
  return pattern;
}

void ScheduleRecorder::add_chance(Action action, const Fault::MessagePattern& pattern) {
  Fault fault;
  fault.trigger = Trigger::match;
  fault.match = pattern;
  fault.action = action;
  chance_.push_back(std::move(fault));
}

}  // namespace indoubt::search
