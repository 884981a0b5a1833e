#include "sim/explore/explicit.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace indoubt::sim {
namespace {

/// Names for faults that chance made, which no fault of the schedule has.
std::string free_prefix(const Schedule& schedule) {
  std::string prefix = "chance-";
  const auto is_taken = [&](const Fault& fault) { return fault.id.starts_with(prefix); };
  while (std::any_of(schedule.begin(), schedule.end(), is_taken)) prefix += '-';
  return prefix;
}

/// Watches a run and writes down what chance did.
class Recorder final : public Observer {
 public:
  Recorder(const Plan& plan, const Schedule& schedule)
      : plan_{plan}, schedule_{schedule}, occurrences_(schedule.size()), prefix_{free_prefix(schedule)} {}

  void on(const Observation& observation) override {
    if (observation.type == Observation::Type::fault) fault_occurs(observation);
    if (observation.type == Observation::Type::copied) message_is_copied();
    if (observation.type == Observation::Type::sent) message_is_sent(observation);
  }

  /// What the schedule says, where chance stood in it, and then what the network did. Occurrences
  /// keep the place of their fault, so that the order within an instant stays.
  Schedule result() && {
    Schedule all;
    for (std::size_t i = 0; i < schedule_.size(); ++i) {
      if (schedule_[i].trigger != Trigger::every) all.push_back(schedule_[i]);
      std::move(occurrences_[i].begin(), occurrences_[i].end(), std::back_inserter(all));
    }
    std::move(on_messages_.begin(), on_messages_.end(), std::back_inserter(all));
    return all;
  }

 private:
  void fault_occurs(const Observation& observation) {
    const Fault& fault = *observation.fault;
    if (fault.trigger == Trigger::match) {
      copies_by_faults_ += fault.action == Action::duplicate ? 1 : 0;
      is_corrupted_by_fault_ = is_corrupted_by_fault_ || fault.action == Action::corrupt;
    }
    if (fault.trigger != Trigger::every) return;
    Fault occurrence = fault;
    occurrence.id += "#" + std::to_string(observation.occurrence);
    occurrence.trigger = Trigger::at;
    occurrence.at = observation.time;
    occurrence.every = {};
    occurrences_[static_cast<std::size_t>(&fault - schedule_.data())].push_back(std::move(occurrence));
  }

  /// Copies that faults make come before the one that the network makes.
  void message_is_copied() {
    if (copies_by_faults_ == 0) {
      is_copied_by_chance_ = true;
    } else {
      --copies_by_faults_;
    }
  }

  void message_is_sent(const Observation& sent) {
    if (plan_.nodes[sent.node.index].machine != plan_.nodes[sent.peer.index].machine) {
      const Fault::MessagePattern pattern = name_sending(sent);
      if (is_copied_by_chance_) add(Action::duplicate, pattern);
      if (sent.fate == Fate::lost) add(Action::drop, pattern);
      if (sent.fate == Fate::corrupted && !is_corrupted_by_fault_) add(Action::corrupt, pattern);
    }
    copies_by_faults_ = 0;
    is_copied_by_chance_ = is_corrupted_by_fault_ = false;
  }

  /// A pattern that this sending alone matches. A message about no order is counted among those
  /// about any, because a pattern cannot say "no order".
  Fault::MessagePattern name_sending(const Observation& sent) {
    const std::uint32_t of_any = ++counts_[{sent.node.index, sent.peer.index, sent.kind, 0}];
    Fault::MessagePattern pattern{.from = sent.node, .to = sent.peer, .kind = sent.kind, .nth = of_any};
    if (sent.order == no_order) return pattern;
    pattern.order = sent.order;
    pattern.nth = ++counts_[{sent.node.index, sent.peer.index, sent.kind, sent.order.index + 1}];
    return pattern;
  }

  void add(Action action, const Fault::MessagePattern& pattern) {
    Fault fault;
    fault.id = prefix_ + std::to_string(on_messages_.size() + 1);
    fault.trigger = Trigger::match;
    fault.match = pattern;
    fault.action = action;
    on_messages_.push_back(std::move(fault));
  }

  const Plan& plan_;
  const Schedule& schedule_;
  std::vector<Schedule> occurrences_;  ///< of each `every` fault
  Schedule on_messages_;
  std::string prefix_;
  /// Sendings so far of each (from, to, kind, order + 1), and of any order at 0.
  std::map<std::array<std::uint32_t, 4>, std::uint32_t> counts_;
  std::uint32_t copies_by_faults_ = 0;  ///< of the message that is being sent
  bool is_copied_by_chance_ = false;
  bool is_corrupted_by_fault_ = false;
};

void remove_chance(LinkQuality& quality) {
  quality.loss = quality.duplicate = quality.corrupt = Probability{};
}

}  // namespace

Schedule make_explicit(World& world, std::uint64_t seed, const Schedule& schedule) {
  Recorder recorder{world.plan().plan(), schedule};
  world.observe(&recorder);
  world.reset(seed, schedule);
  while (world.step()) world.clear_history();
  world.observe(nullptr);
  return std::move(recorder).result();
}

Plan without_chance(Plan plan) {
  remove_chance(plan.network);
  for (PlannedLink& link : plan.links) remove_chance(link.quality);
  return plan;
}

}  // namespace indoubt::sim
