#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"
#include "sim/world/compiled_plan.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/faults/agenda.hpp"
#include "sim/world/faults/triggers.hpp"

namespace indoubt::sim {

/// A fault took place.
struct Occurrence {
  std::uint32_t fault = 0;
  TrueTime at{};
};

/// The faults of a run: which of them takes place when, and which of those that last are in force.
/// What a fault does to nodes and messages is the world's business.
class FaultEngine {
 public:
  explicit FaultEngine(const CompiledPlan& plan) : plan_{&plan} {}

  /// For a new run, without faults so far.
  void clear(std::uint64_t seed);
  /// Adds a fault, which must outlive the run, at the instant `now`.
  void inject(const Fault& fault, TrueTime now);

  std::size_t size() const { return faults_.size(); }
  const Fault& fault(std::size_t index) const { return *faults_[index].fault; }
  /// How often a fault took place.
  std::uint32_t occurrences(std::size_t index) const { return faults_[index].occurrences; }
  /// The faults that took place so far, and when, in order.
  const std::vector<Occurrence>& occurred() const { return occurred_; }
  /// How many messages a fault stopped, held up, copied or damaged.
  std::uint64_t messages_met(std::size_t index) const { return faults_[index].messages; }
  /// The kinds of fault that took place: a bit set of `Action`.
  std::uint32_t actions_fired() const { return actions_fired_; }
  /// Whether faults have stopped.
  bool is_quiet() const { return is_quiet_; }

  // The agenda.
  TrueTime next_agendum() const { return agenda_.next(); }
  /// From when on the run loop has something else to do than the next event: a fault takes place,
  /// or it is time to look up. Where events are put in order, that is always.
  TrueTime turn() const { return turn_; }
  /// After this instant the run loop looks up whether the run goes on: at first `sim_time`.
  TrueTime look_up_after() const { return look_up_after_; }
  void look_up_after(TrueTime instant) {
    look_up_after_ = instant;
    find_turn();
  }
  /// The same without quiet.
  TrueTime next_change() const { return agenda_.next_change(); }
  /// Whether anything is to come besides quiet.
  bool has_more() const { return agenda_.has_more_than_quiet(); }
  /// Faults, ends and restarts taken so far: bounded like events.
  std::uint64_t agenda_done() const { return agenda_done_; }
  /// What comes next; there must be something.
  const Agendum& first_agendum() const { return agenda_.first(); }
  Agendum take_agendum();
  /// Puts the next occurrence of an `every` fault on the agenda.
  void schedule_every(std::uint32_t index, TrueTime from);
  /// Puts the end of an occurrence that began at `now` on the agenda, if it has one before quiet.
  void schedule_end(std::uint32_t index, TrueTime now, NodeId node = no_node,
                    std::uint32_t incarnation = 0);
  /// The same for the restart after a crash.
  void schedule_restart(std::uint32_t index, TrueTime now, NodeId node, std::uint32_t incarnation);

  /// The faults that wait for something to happen.
  Triggers& triggers() { return triggers_; }
  const Triggers& triggers() const { return triggers_; }

  /// A fault takes place now.
  void occur(std::uint32_t index, TrueTime now) {
    ++faults_[index].occurrences;
    actions_fired_ |= bit_of(fault(index).action);
    occurred_.push_back({index, now});
  }
  /// A message meets a fault; `no_fault` counts nothing.
  void meet_message(std::uint32_t index) {
    if (index != no_fault) ++faults_[index].messages;
  }
  /// Faults stop: what runs ends, and what was to come does not.
  void become_quiet();

  // Faults in force.
  void begin_cut(std::uint32_t index) { cuts_.push_back(index); }
  void end_cut(std::uint32_t index);
  void begin_degradation(std::uint32_t index) { degradations_.push_back(index); }
  void end_degradation(std::uint32_t index);
  /// Whether any link is cut or worse than usual.
  bool touch_links() const { return !cuts_.empty() || !degradations_.empty(); }
  /// Calls `visit(index)` for each fault that makes what goes from one machine to another worse, in
  /// the order in which they began.
  template <typename Visit>
  void for_each_degradation(NodeId from, NodeId to, Visit&& visit) const {
    for (const std::uint32_t index : degradations_) {
      if (degrades(fault(index), from, to)) visit(index);
    }
  }
  /// How many times longer than usual a force takes on a machine: 0 if none.
  std::uint32_t force_delay(NodeId machine) const {
    return delay_at(machine, &Degradation::force_times);
  }
  /// The same, of its work.
  std::uint32_t work_delay(NodeId machine) const {
    return delay_at(machine, &Degradation::work_times);
  }
  /// A fault meets another message, and draws a word for it.
  std::uint64_t next_message_word(std::uint32_t index) {
    return draw(message_key(index), faults_[index].messages++);
  }
  /// The partition that stops what goes from one machine to another, or `no_fault`.
  std::uint32_t cut_between(NodeId from, NodeId to) const;
  void begin_disk_error(NodeId machine, std::uint32_t index) {
    disk_errors_.push_back({machine, index});
  }
  void end_disk_error(NodeId machine, std::uint32_t index);
  /// The disk error that covers a machine now: the last that began, or `no_fault`.
  std::uint32_t disk_error_of(NodeId machine) const;

  /// What the present occurrence of a crash draws for a node: how much its disk keeps.
  std::uint64_t crash_word(std::uint32_t index, std::uint64_t node_key) const {
    return crash_word(fault(index), faults_[index].occurrences, node_key);
  }
  std::uint64_t crash_word(const Fault& fault, std::uint32_t occurrence,
                           std::uint64_t node_key) const;
  /// Adds what is in force and to come (sim/world/fingerprint.cpp).
  void hash_into(StateHash& hash) const;

 private:
  friend struct Inspection;

  struct Entry {
    const Fault* fault;  ///< kept by whoever gave it
    std::uint32_t occurrences = 0;
    std::uint32_t turns = 0;     ///< of an `every`, put on the agenda so far
    std::uint64_t messages = 0;  ///< that met it
  };
  /// A "disk error" fault that covers a machine now.
  struct DiskError {
    NodeId machine;
    std::uint32_t fault = 0;
    bool operator==(const DiskError&) const = default;
  };

  /// Of what a fault draws about messages.
  std::uint64_t message_key(std::uint32_t index) const;
  void add_to_agenda(const Agendum& item);
  void find_turn();
  const Sampler& sampler_for(const Distribution& distribution);
  int group_of(const Fault& cut, NodeId machine) const;
  NodeId machine_of(NodeId node) const { return plan_->plan().nodes[node.index].machine; }
  bool is_at(const Fault& fault, NodeId machine) const;
  bool degrades(const Fault& fault, NodeId from, NodeId to) const;
  std::uint32_t delay_at(NodeId machine, std::uint32_t Degradation::*times) const;

  const CompiledPlan* plan_;
  std::uint64_t seed_ = 0;
  std::vector<Entry> faults_;
  std::vector<Occurrence> occurred_;
  Agenda agenda_;
  Triggers triggers_;
  TrueTime look_up_after_ = never;
  TrueTime turn_ = never;
  std::uint64_t agenda_done_ = 0;
  std::uint32_t actions_fired_ = 0;
  bool is_quiet_ = false;
  std::vector<std::uint32_t> cuts_;
  std::vector<std::uint32_t> degradations_;
  std::vector<DiskError> disk_errors_;

  /// Tables of the `every` distributions met so far: kept from run to run, and no state.
  std::vector<std::pair<Distribution, Sampler>> samplers_;
};

}  // namespace indoubt::sim
