#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/random.hpp"
#include "sim/base/state_hash.hpp"
#include "sim/base/time.hpp"
#include "sim/world/clock.hpp"
#include "sim/world/compiled_plan.hpp"
#include "sim/world/context.hpp"
#include "sim/world/counters.hpp"
#include "sim/world/due.hpp"
#include "sim/world/effect_mutation.hpp"
#include "sim/world/end.hpp"
#include "sim/world/facts.hpp"
#include "sim/world/failure.hpp"
#include "sim/world/faults/fault_engine.hpp"
#include "sim/world/history.hpp"
#include "sim/world/log.hpp"
#include "sim/world/network.hpp"
#include "sim/world/node.hpp"
#include "sim/world/observer.hpp"
#include "sim/world/pending.hpp"
#include "sim/world/plan.hpp"
#include "sim/world/progress.hpp"
#include "sim/world/tail.hpp"
#include "sim/world/timers.hpp"

namespace indoubt::sim {

/// What a run did, in numbers.
struct RunCounters {
  std::uint64_t events = 0;         ///< deliveries, timers that fired, forces that completed
  std::uint64_t messages = 0;       ///< sent between machines, the client's apart
  std::uint64_t forced_writes = 0;  ///< forces that a handler waited for
  std::uint64_t lost = 0;           ///< messages lost at random or dropped by a fault
  std::uint64_t cut = 0;            ///< messages that a partition stopped
  std::uint64_t corrupted = 0;
  std::uint64_t duplicated = 0;
  std::uint64_t turned_away = 0;  ///< messages: a queue was full, or it was too late
  std::uint64_t faults = 0;       ///< faults that took place
  std::uint64_t mutations = 0;    ///< handlings that went otherwise because of a planted mutation
  bool operator==(const RunCounters&) const = default;
};

/// How far a run has come: what goes on in it brings nothing about as long as that stays the same.
struct Milestone {
  TrueTime at{};
  std::uint64_t firsts = 0;  ///< messages handled and facts stated that were new
  bool operator==(const Milestone&) const = default;
};

/// One simulated deployment in one run: a value, which can be copied in the middle of a run to try
/// several futures. What happens is a function of (plan, seed, schedule) alone.
class World {
 public:
  explicit World(std::shared_ptr<const CompiledPlan> plan);

  /// Starts a run from time 0. `schedule` must outlive the run.
  void reset(std::uint64_t seed, std::span<const Fault> schedule);
  void reset(std::uint64_t seed) { reset(seed, plan_->faults()); }

  /// Adds a fault to a run under way; it must outlive the run. Patterns and places count from here.
  void inject(const Fault& fault);

  /// Lets the next event take place; the first is that all roles start. False if the run is over.
  bool step();
  /// Lets events take place until the run is over, which is false, or at least so many facts wait
  /// to be taken.
  bool run(std::size_t facts);

  // Of a world whose plan has an order of events, for whoever tries other orders.

  /// Lets time pass until something is due that can take place. The first call starts the roles.
  /// False if the run is over.
  bool reach_choice();
  /// What can take place now: places in `due()`, oldest first, and late messages last. Some events
  /// are alone in it because nothing that is due elsewhere can tell when they take place.
  void list_choices(std::vector<std::size_t>& choices) const;
  const std::vector<DueEvent>& due() const { return due_.list; }
  /// Lets one of these take place, and then time pass until the next choice. False if the run is
  /// over.
  bool choose(std::size_t choice);
  /// Lets nothing of it take place, and time pass, where only late messages could come. False if
  /// the run is over, or nothing else is pending.
  bool wait();
  /// Whether any of them is late and may never come.
  bool awaits_late_messages() const;
  /// From now on messages that a fault makes `longest_delay` late may come at any instant after
  /// that of their sending, and are due, marked as late.
  void free_late_messages() { frees_late_messages_ = true; }
  /// When the next timer or fault is due that is to come, and the last timer of a node that is not
  /// the client; `never` if there is none.
  TrueTime next_instant() const;
  TrueTime last_timer() const;
  /// Ends a run in which nothing is pending but what would go on for ever.
  void call_still() { finish(EndReason::still); }
  /// The same where all of it takes place at this instant, and time would not pass.
  void call_standstill();
  /// Adds all that what is to come may depend on, so that two worlds of one plan which hash alike
  /// go on alike (fingerprint.cpp says what is left out). Clocks may be set back by so much.
  /// `scratch` is room for roles, kept from call to call.
  void hash_into(StateHash& hash, std::vector<AnyRole>& scratch, Duration set_back) const;
  /// The event in the terms of an order, without its number.
  Event name_event(const DueEvent& event) const;

  /// A run that is over goes on: whoever is down comes back now with what its disk holds, and the
  /// run drains once more.
  void bring_back();
  /// Whether a node is down; for good, once the run is over.
  bool is_anybody_down() const;

  bool is_over() const { return is_over_; }
  EndReason end_reason() const { return end_reason_; }
  /// What is pending, of a run that is over.
  Backlog backlog() const;
  /// When something last took place.
  TrueTime last_event() const { return last_event_; }
  TrueTime now() const { return now_; }
  std::uint64_t digest() const { return digest_; }
  const RunCounters& counters() const { return counters_; }
  /// How often messages of each kind were sent between machines, by kind.
  const std::vector<std::uint64_t>& messages_by_kind() const { return network_.messages_by_kind(); }
  /// Whether each fault of the schedule took place, in list order.
  bool fault_fired(std::size_t fault) const { return faults_.occurrences(fault) != 0; }
  /// What took place of the schedule so far, in order, and how many messages met each fault.
  const std::vector<Occurrence>& occurred() const { return faults_.occurred(); }
  std::uint64_t messages_met(std::size_t fault) const { return faults_.messages_met(fault); }
  /// When anybody last told anybody anything about an order; `never` if nobody did.
  TrueTime last_word(OrderId order) const;
  /// When a node did, or `never`.
  TrueTime told(NodeId node, OrderId order) const { return progress_.told(node, order); }
  /// The kinds of message below 64 that a node has handled about an order, as a bit set.
  std::uint64_t kinds_handled(NodeId node, OrderId order) const {
    return progress_.kinds_handled(node, order);
  }
  /// Whether a node has handled a message about an order.
  bool has_handled(NodeId node, OrderId order) const { return progress_.has_handled(node, order); }
  /// The kinds of fact that were stated: a bit set of `FactKind`.
  std::uint64_t facts_seen() const { return facts_.seen(); }
  /// The kinds of fault that took place: a bit set of `Action`.
  std::uint32_t actions_fired() const { return faults_.actions_fired(); }

  /// Facts that were not taken yet.
  const History& history() const { return facts_.history(); }
  void clear_history() { facts_.clear_history(); }

  /// Mistakes in the code of roles, by the number that their `failed` facts have.
  const std::vector<Failure>& failures() const { return failures_; }

  const CompiledPlan& plan() const { return *plan_; }
  /// The faults of this run: those of the schedule, then those that were injected.
  std::size_t fault_count() const { return faults_.size(); }
  const Fault& fault(std::size_t index) const { return faults_.fault(index); }
  std::uint64_t seed() const { return seed_; }
  /// Whether faults have stopped.
  bool is_quiet() const { return faults_.is_quiet(); }
  /// How many of `unforced` records a crash with `Keep::some` would keep at a node, by its draw.
  std::uint32_t kept_by_some(const Fault& fault, NodeId node, std::uint32_t unforced) const;
  /// Number of the last effect of a node, from 1, at whose place a fault fell. If that was a pause,
  /// the effect may still be to come; its place is passed.
  std::uint64_t struck_effect(NodeId node) const { return node_at(node).struck_effect; }
  bool is_up(NodeId node) const { return node_at(node).is_up; }
  const Log& log(NodeId node) const { return node_at(node).log; }
  const AnyRole& role(NodeId node) const { return node_at(node).role; }
  ClockTime reading(NodeId node) const { return clock_of(node_at(node)).reading(now_); }

  /// Sets the observer, which is told everything; null for none. It is not part of the state.
  void observe(Observer* observer) {
    observer_ = observer;
    facts_.observe(observer);
  }

 private:
  friend class Effects;
  friend struct Inspection;

  Node& node_at(NodeId node) { return nodes_[node.index]; }
  const Node& node_at(NodeId node) const { return nodes_[node.index]; }
  Clock& clock_of(const Node& node) { return node_at(node.machine).clock; }
  const Clock& clock_of(const Node& node) const { return node_at(node.machine).clock; }
  ClockTime reading_of(const Node& node) const {
    if (node.clock_drifts) [[unlikely]]
      return clock_of(node).reading(now_);
    return ClockTime{now_.time_since_epoch() + node.clock_offset};
  }
  std::uint64_t order_key(OrderId order) const { return plan_->plan().number_of(order); }
  void fold(std::uint64_t a, std::uint64_t b) {
    digest_ = multiply_fold(digest_ ^ a, b ^ 0x9e37'79b9'7f4a'7c15u) + a;
  }
  void fold_event(std::uint64_t what, NodeId node) { fold(now_word(), what << 16 | node.index); }
  std::uint64_t now_word() const {
    return static_cast<std::uint64_t>(now_.time_since_epoch().count());
  }

  // The run loop (world.cpp).
  void check_invariants() const;
  void start_roles();
  [[gnu::cold]] bool finish(EndReason reason);
  bool take_step();
  [[gnu::noinline]] bool take_turn(TrueTime next_event);
  // Events in order (instants.cpp).
  bool take_step_in_order();
  void gather_due();
  bool is_queue_due() const;
  bool lists(std::uint32_t fault) const;
  bool may_come(const Event& event) const;
  void gather_agendum();
  void gather_entry(const QueueEntry& entry);
  void put_due_messages_back();
  void loosen_late_messages();
  bool is_still_due(const DueEvent& event);
  bool can_take_place(const DueEvent& event) const;
  bool keeps_order(const DueEvent& event) const;
  bool is_behind_another(const DueEvent& event) const;
  bool is_alone(const DueEvent& event) const;
  std::size_t first_in_order() const;
  enum class Turn : std::uint8_t { not_listed, next, waits };
  Turn turn_of(const DueEvent& event) const;
  void count_match(const DueEvent& event);
  void take_due(std::size_t index);
  bool pass_time();
  bool only_late_messages_wait() const;

  // The state as a number (fingerprint.cpp).
  void hash_message(const DueEvent& event, StateHash& hash) const;
  void hash_queue(StateHash& hash) const;
  void hash_log(const Node& node, AnyRole& scratch, StateHash& hash) const;
  void hash_node(const Node& node, StateHash& hash) const;
  bool effects_wait() const;
  [[gnu::cold]] bool look_up(TrueTime next);
  Duration patience() const;
  TrueTime still_from() const;
  bool only_clients_wait() const;
  bool first_copies_wait() const;
  void take_place(std::uint32_t slot);
  [[gnu::noinline]] void take_up(std::uint32_t slot);
  void message_arrives(std::uint32_t slot);
  [[gnu::cold]] void arrives_dead(const Node& node, std::uint32_t slot);
  void must_wait(Node& node, std::uint32_t slot);
  [[gnu::noinline]] void timer_is_due(std::uint32_t slot);
  [[gnu::noinline]] void force_is_done(std::uint32_t slot);
  void become_durable(Node& node, std::uint32_t end);
  bool leaves_inbox(std::uint32_t slot);
  void handle(Node& node, std::uint32_t slot);
  void state_receipt(const Node& node, std::uint32_t slot);
  void handle_kind(Node& node, Kind kind);
  void run_handler(Node& node, Kind kind, OrderId order, NodeId sender, const std::uint64_t* words);
  bool call_handler(Node& node, Kind kind, const std::uint64_t* words, Effects& effects);
  [[gnu::cold]] bool handle_with_care(Node& node, Kind kind, const std::uint64_t* words,
                                      Handling& handling);
  void forget_if_repeated(Node& node, const Handling& handling);
  bool change_collected(const std::vector<EffectMutation>& mutations, const Handling& handling);
  bool is_mutated(const Node& node) const {
    return !plan_->plan().nodes[node.id.index].mutations.empty();
  }
  /// After a handling, a force or a pause.
  void go_on(Node& node) {
    const bool anybody_waits = !node.tail.empty() || node.has_mail();
    if (anybody_waits) serve_waiting(node);
    if (node.works) [[unlikely]]
      take_up_work(node);
  }
  void serve_waiting(Node& node);
  void discard_inbox(Node& node);

  // Work (work.cpp).
  [[gnu::noinline]] void arrives_for_work(Node& node, std::uint32_t slot);
  void turn_away(const Node& node, const Arrival& arrival);
  void take_up_work(Node& node);
  void begin_work(Node& node, const Arrival& arrival);
  [[gnu::noinline]] void work_is_due(std::uint32_t slot);
  void work_is_done(Node& node);
  void queue_work(Node& node);
  void resume_work(Node& node);
  void discard_work(Node& node);

  // Mistakes of roles (failures.cpp).
  [[gnu::cold]] void apply_fail(Node& node, const Effect& effect);
  [[gnu::cold]] void fail_replay(Node& node);
  void state_failure(const Node& node, OrderId order, std::uint32_t number);
  static std::uint64_t first_look(std::uint64_t bound);
  [[gnu::cold]] bool look_at_bound();
  Milestone milestone() const { return {now_, progress_.firsts() + facts_.firsts()}; }
  void state_standstill();

  // Effects (effects.cpp).
  [[gnu::cold]] void admit_failure(Handling& handling, Effect effect);
  Node* admit(Handling& handling, Effect& effect);
  [[gnu::noinline]] bool admit_with_care(Node& node, const Handling& handling, Effect effect);
  void let_collected_take_place(Handling& handling);
  void apply(Node& node, const Effect& effect);
  void apply_send(Node& node, const Effect& effect);
  void apply_append(Node& node, const Effect& effect);
  void apply_force(Node& node, const Effect& effect);
  void begin_force(Node& node, OrderId order, TrueTime done, PendingForce force);
  void join_forces(Node& node, OrderId order);
  void apply_arm(Node& node, const Effect& effect);
  void apply_cancel(Node& node, const Effect& effect);
  void let_tail_take_place(Node& node);
  void hold(Node& node, const Effect& effect);
  void let_held_take_place(Node& node);
  void depart(const Node& node, const Effect& effect, Journey& journey);
  void decide_fate(const Node& node, const Effect& effect, Journey& journey);
  void end_send(const Node& node, const Effect& effect, const Journey& journey);
  [[gnu::cold]] void send_amid_faults(const Node& node, Effect effect);
  void decide_fate_amid_faults(const Node& node, const Effect& effect, Journey& journey);
  /// Whether anything besides the rates of its link may interfere with a message, or an observer is
  /// to be told of it.
  bool is_disturbed(const Node& node, const Effect& effect) const {
    return observer_ != nullptr || faults_.touch_links() || has_lost_connections_ ||
           faults_.triggers().await_message(node.id, effect.to, effect.kind, effect.order);
  }
  bool lacks_connection(const Node& node, const Effect& effect) const;
  void degrade(const Node& node, const Effect& effect, Journey& journey);
  void apply_match_faults(const Node& node, const Effect& effect, Journey& journey);
  void launch(const Node& node, const Effect& effect, TrueTime arrival);
  [[gnu::cold]] void launch_copy(const Node& node, Effect effect, Journey journey, Duration later);
  [[gnu::cold]] void message_is_gone(const Node& node, Effect effect, Fate fate);
  void state_facts(const Node& node, Kind kind, OrderId order, const std::uint64_t* words);
  [[gnu::cold]] void state_struck(const Node& node, OrderId order);
  [[gnu::cold]] void state_late(const Node& node, OrderId order, TrueTime since,
                                std::uint8_t cause = LateFact::of_its_way);
  Instant instant_at(const Node& node) const { return {node.id, now_, reading_of(node)}; }

  // What faults do (faults.cpp).
  void next_agendum();
  void come_to_pass(std::uint32_t index);
  /// `before` is the effect at whose place a fault falls, if that is its trigger.
  void occur(std::uint32_t fault, const Effect* before = nullptr);
  void occur_at_machine(std::uint32_t index, NodeId machine);
  void open_window(std::uint32_t index);
  void end_occurrence(const Agendum& agendum);
  void slow_nodes();
  void begin_disk_fault(std::uint32_t index, NodeId machine);
  void end_disk_fault(std::uint32_t index, NodeId machine);
  void become_quiet();
  void state_disk(const Node& node);
  void crash_machine(std::uint32_t fault, NodeId machine);
  void crash(Node& node, std::uint8_t crash_fact);
  void lose_tail(Node& node, Keep keep, std::uint64_t word);
  void state_told(const Node& node, const RecordView& record);
  void state_lost(const Node& node);
  [[gnu::cold]] void begin_late_force(Node& node);
  [[gnu::cold]] void end_late_force(Node& node);
  void restart(Node& node);
  void stay_down(Node& node);
  void pause(Node& node);
  void resume(Node& node);
  void state_node_fact(FactKind kind, const Node& node, std::uint8_t value = 0);
  void set_clock(const Fault& fault, Node& node);
  [[gnu::cold]] void set_late_clocks(Node& machine);

  // What crashes damage (damage.cpp).
  [[gnu::cold]] void suffer(Node& node, std::uint32_t fault, std::uint64_t word);
  void restore_backup(Node& node, Duration age);
  void lose_durable(Node& node, std::uint32_t first);
  void rot(Node& node, std::uint64_t word);
  void lose_sends(const Node& node, std::uint32_t fault, std::uint64_t word);
  void lose_under_way(const Node& node, const QueueEntry& entry);
  void start_clock_anew(Node& machine);
  /// Lets `when` faults take place for the facts from number `first` of the history on.
  void facts_trigger(std::size_t first) {
    if (!faults_.triggers().watch_facts()) return;
    for (std::size_t i = first, last = history().size(); i < last; ++i) {
      if (faults_.triggers().watches(history()[i])) trigger_faults(i);
    }
  }
  [[gnu::cold]] void trigger_faults(std::size_t fact);
  void find_care(Node& node);
  void check_places(Node& node, const Effect& effect);
  template <typename Visit>
  void for_machine(NodeId machine, Visit&& visit);

  // Telling the observer. All that is `cold` here is rare, and apart from what is not: the compiler
  // would mix it in and keep what is common in memory instead of registers.
  [[gnu::cold]] void tell(Observation observation);
  [[gnu::cold]] void tell_fault(const Fault& fault, std::uint32_t occurrence, const Effect* before);
  [[gnu::cold]] void tell_effect(Observation::Type type, const Node& node, Effect effect,
                                 TrueTime until = {});
  [[gnu::cold]] void tell_sent(const Node& node, Effect effect, Journey journey);
  [[gnu::cold]] void tell_copied(const Node& node, Effect effect, Journey journey,
                                 TrueTime arrival);

  std::shared_ptr<const CompiledPlan> plan_;
  const KindInfo* messages_;  ///< of the plan, by kind
  const KindInfo* records_;
  const KindBrief* briefs_;  ///< of messages
  Duration prompt_;          ///< what takes longer is late
  std::uint64_t seed_ = 0;

  TrueTime now_{};
  TrueTime last_event_{};
  NodeId handling_at_ = no_node;           ///< whose handler runs
  bool has_late_clocks_ = false;           ///< asked for after each handler: one comparison
  std::vector<const Fault*> late_clocks_;  ///< set its clock when the handler is done
  std::uint64_t digest_ = 0;
  std::uint64_t look_at_events_ = 0;  ///< when so many have taken place
  Milestone half_way_{};              ///< and how far the run was when it was half of their bound
  bool keeps_backups_ = false;        ///< a fault may restore what was durable at an earlier time
  bool has_started_ = false;
  bool is_over_ = false;
  EndReason end_reason_ = EndReason::rest;

  Pending pending_;
  bool frees_late_messages_ = false;
  DueEvents due_;  ///< empty but in a world whose events are put in order
  std::vector<Node> nodes_;
  Timers timers_;
  Network network_;
  KeyedCounters counts_;  ///< of forces and of what roles draw
  /// Incarnation of the node to which the client last spoke about each order; empty where replies
  /// need no connection.
  std::vector<std::uint16_t> connections_;
  bool has_lost_connections_ = false;
  std::vector<Duration> copies_;   ///< how much later faults copy the message being sent
  bool collects_effects_ = false;  ///< while a handler runs whose effects a mutation changes
  bool finds_disk_full_ = false;   ///< while one runs that a mutation lets refuse for no reason
  bool keeps_locks_ = false;       ///< while one runs that a mutation lets forget to unlock
  EffectList collected_;           ///< empty but for that handling
  Facts facts_;
  Progress progress_;
  TrueTime drain_end_{};  ///< then the run ends, wherever it is
  RunCounters counters_;
  std::vector<Failure> failures_;

  FaultEngine faults_;
  Observer* observer_ = nullptr;
};

}  // namespace indoubt::sim
