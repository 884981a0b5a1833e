#include "sim/world/world.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/check.hpp"

// The run loop: what happens next, and to whom.
namespace indoubt::sim {
namespace {

constexpr Kind start_kind = WorldKinds::of<Start>();
constexpr std::uint64_t repetition_stream = 0x7265'7065'6174'0005u;

}  // namespace

World::World(std::shared_ptr<const CompiledPlan> plan)
    : plan_{std::move(plan)},
      messages_{plan_->plan().messages.data()},
      records_{plan_->plan().records.data()},
      briefs_{plan_->message_briefs().data()},
      sendings_{plan_->nodes(), plan_->orders()} {
  nodes_.resize(plan_->nodes());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const PlannedNode& planned = plan_->plan().nodes[i];
    Node& node = nodes_[i];
    node.id = NodeId{static_cast<std::uint16_t>(i)};
    node.machine = planned.machine;
    node.groups_commits = planned.disk.group_commit;
    node.has_links = plan_->has_links(node.id);
    node.key = plan_->node_key(i);
    node.first_timer = i * (plan_->orders() + std::size_t{1}) * plan_->timer_kinds();
  }
  messages_by_kind_.resize(plan_->plan().messages.size());
  last_arrival_.resize(plan_->links());
}

void World::reset(std::uint64_t seed, std::span<const Fault> schedule) {
  seed_ = seed;
  now_ = last_event_ = TrueTime{};
  sequence_ = 0;
  digest_ = 0;
  live_ = agenda_done_ = 0;
  is_quiet_ = is_over_ = false;
  end_reason_ = EndReason::rest;
  queue_.clear();
  slots_.clear();
  timers_.assign(nodes_.size() * (plan_->orders() + 1) * plan_->timer_kinds(), no_slot);
  sendings_.clear();
  counts_.clear();
  std::fill(last_arrival_.begin(), last_arrival_.end(), TrueTime{});
  history_.clear();
  stated_.assign(nodes_.size() * plan_->orders(), 0);
  counters_ = {};
  std::fill(messages_by_kind_.begin(), messages_by_kind_.end(), 0);
  for (std::size_t i = 0; i < nodes_.size(); ++i) reset_node(i);
  has_started_ = false;
  reset_faults(schedule);
}

void World::reset_node(std::size_t index) {
  Node& node = nodes_[index];
  node.role = plan_->plan().nodes[index].role;
  node.log.clear();
  node.tail.clear();
  node.clock = {};
  node.clock_drifts = false;
  node.clock_offset = {};
  node.incarnation = node.pauses = node.full = 0;
  node.is_up = true;
  node.careful_from = is_mutated(node) ? 0 : nothing_to_mind;
  node.forces = node.barriers_done = node.handlings = 0;
  node.inbox_first = node.inbox_last = no_slot;
  node.error_fault = none;
  node.effects = node.struck_effect = 0;
  node.slower_by = {};
  node.last_force = {};
  node.seed_key = mix(seed_, node.key);
}

/// Faults at time 0 come first: a node that is down from the start does not start.
void World::start_roles() {
  has_started_ = true;
  while (next_fault_ <= now_ && agenda_done_ < plan_->limits().events) next_agendum();
  for (Node& node : nodes_) {
    if (node.is_up) handle_kind(node, start_kind);
  }
}

bool World::finish(EndReason reason) {
  is_over_ = true;
  end_reason_ = reason;
  return false;
}

/// Effects that nothing but the end of a pause, and so at the latest quiet, lets take place.
bool World::effects_wait() const {
  return std::any_of(nodes_.begin(), nodes_.end(),
                     [](const Node& node) { return !node.tail.empty(); });
}

/// Quiet alone is nothing to wait for.
bool World::faults_remain() const {
  return agenda_.size() > 1 || (agenda_.size() == 1 && agenda_.back().due != Due::quiet);
}

void World::arrives_dead(const Node& node, std::uint32_t slot) {
  --live_;
  if (observer_ != nullptr) {
    const Slot& message = slots_[slot];
    tell({.type = Observation::Type::arrived_dead,
          .node = node.id,
          .peer = message.from,
          .order = message.order,
          .kind = message.kind,
          .words = message.words.data()});
  }
  slots_.give_back(slot);
}

[[gnu::always_inline]] inline void World::run_handler(Node& node, Kind kind, OrderId order,
                                                      NodeId sender, const std::uint64_t* words) {
  ++node.handlings;
  if (observer_ != nullptr) {
    tell({.type = Observation::Type::handling,
          .node = node.id,
          .peer = sender,
          .order = order,
          .kind = kind,
          .words = words,
          .handling = node.handlings});
  }
  Handling handling{.node = node.id,
                    .sender = sender,
                    .order = order,
                    .incarnation = node.incarnation,
                    .effects = 0,
                    .number = node.handlings,
                    .kind = kind,
                    .now = reading_of(node)};
  Effects effects{*this, handling};
  handling_at_ = node.id;
  const bool is_handled = node.needs_care() ? handle_with_care(node, kind, words, handling)
                                            : node.role.handle(kind, words, effects);
  handling_at_ = no_node;
  for (const Fault* fault : late_clocks_) set_clock(*fault, node_at(node.machine));
  late_clocks_.clear();
  INDOUBT_CHECK(is_handled || kind < WorldKinds::size);
}

/// At a node at which places are counted, or whose role does something else than it says.
bool World::handle_with_care(Node& node, Kind kind, const std::uint64_t* words,
                             Handling& handling) {
  handling_begins(node, kind, handling.order);
  Effects effects{*this, handling};
  if (!is_mutated(node)) return node.role.handle(kind, words, effects);
  const EffectMutation mutation = *plan_->plan().nodes[node.id.index].mutation;
  const bool may_forget = mutation.type == MutationType::forget_duplicate && mutation.kind == kind;
  if (may_forget) forget_if_repeated(node, handling);
  collects_effects_ = mutation.concerns_effects_of(kind);
  const bool is_handled = node.role.handle(kind, words, effects);
  if (!collects_effects_) return is_handled;
  collects_effects_ = false;
  if (collected_.change(mutation, handling.sender)) ++counters_.mutations;
  let_collected_take_place(handling);
  return is_handled;
}

/// Repetitions are known by sender and order, also across crashes: who asks again does not know of
/// them.
void World::forget_if_repeated(Node& node, const Handling& handling) {
  const std::uint64_t from_whom_and_what =
      std::uint64_t{handling.sender.index} << 32 | handling.order.index;
  const std::uint64_t key = mix(mix(node.key, repetition_stream), from_whom_and_what);
  const bool is_repeated = counts_.count(key) != 0;
  if (is_repeated && node.role.forget(handling.order)) ++counters_.mutations;
}

/// The slot is free before the handler runs, so that the first message it sends takes it while it
/// is in the cache. Its words stay readable until then, which is when roles take their copy.
[[gnu::always_inline]] inline void World::handle(Node& node, std::uint32_t index) {
  const Kind kind = slots_[index].kind;
  const OrderId order = slots_[index].order;
  const NodeId from = slots_[index].from;
  const KindBrief brief = briefs_[kind];
  if (brief.has_facts) state_receipt(node, index);
  slots_.give_back(index);
  --live_;
  if (!node.is_up) return;
  const std::uint64_t* words = slots_[index].words.data();
  // A timer has no content of its own: what its words hold is about its queue entry.
  const bool has_content = !brief.is_timer && brief.words != 0;
  const std::uint64_t content = has_content ? hash_content(words, brief.words) : 0;
  const std::uint64_t when_and_for_whom =
      multiply_fold(now_word() ^ 0xd6e8'feb8'6659'fd93u, order.index ^ 0x5899'65cc'7537'4cc3u);
  fold(content ^ when_and_for_whom, std::uint64_t{2} | std::uint64_t{kind} << 8 |
                                        std::uint64_t{from.index} << 16 |
                                        std::uint64_t{node.id.index} << 32);
  run_handler(node, kind, order, from, words);
}

/// For handlings that nothing arrived for: starts and restarts.
void World::handle_kind(Node& node, Kind kind) {
  run_handler(node, kind, no_order, node.id, nullptr);
}

inline bool World::can_handle(const Node& node) const {
  if (!node.is_up || node.pauses != 0 || node.inbox_first != no_slot) return false;
  return node.keeps_nothing() || node.groups_commits;
}

[[gnu::always_inline]] inline void World::message_arrives(std::uint32_t slot) {
  Node& node = node_at(slots_[slot].to);
  ++counters_.events;
  last_event_ = now_;
  if (!node.is_up) return arrives_dead(node, slot);
  if (!can_handle(node)) return wait_in_inbox(node, slot);
  handle(node, slot);
  go_on(node);
}

/// A timer has one queue entry, which may be early because the timer was armed anew: then it goes
/// back at its true time. So neither cancelling nor arming anew searches the queue.
void World::timer_is_due(std::uint32_t slot) {
  Slot& timer = slots_[slot];
  Node& node = node_at(timer.to);
  const TrueTime deadline = to_time(timer.words[TimerWord::deadline]);
  if (timer.incarnation != node.incarnation || deadline == never) {
    // Cancelled, replaced, or of a node that crashed since; nothing takes place.
    if (timer.incarnation == node.incarnation) {
      std::uint32_t& current = timer_slot(node, timer.order, timer.kind);
      if (current == slot) current = no_slot;
    }
    slots_.give_back(slot);
    return;
  }
  if (deadline > now_ ||
      timer.words[TimerWord::sequence] != timer.words[TimerWord::queued_sequence]) {
    push_timer(slot);
    return;
  }
  ++counters_.events;
  last_event_ = now_;
  if (!can_handle(node)) {
    timer.words[TimerWord::in_inbox] = 1;  // it can still be cancelled
    return wait_in_inbox(node, slot);
  }
  timer_slot(node, timer.order, timer.kind) = no_slot;
  handle(node, slot);
  go_on(node);
}

void World::push_timer(std::uint32_t slot) {
  Slot& timer = slots_[slot];
  timer.words[TimerWord::queued_sequence] = timer.words[TimerWord::sequence];
  timer.words[TimerWord::queued_at] = timer.words[TimerWord::deadline];
  queue_.push(QueueEntry::make(to_time(timer.words[TimerWord::deadline]),
                               timer.words[TimerWord::sequence], slot));
}

void World::force_is_done(std::uint32_t slot) {
  const Slot force = slots_[slot];
  slots_.give_back(slot);
  Node& node = node_at(force.to);
  if (force.incarnation != node.incarnation) return;
  ++counters_.events;
  last_event_ = now_;
  --live_;
  --node.forces;
  ++node.barriers_done;
  fold_event(1, node.id);
  if (observer_ != nullptr) {
    tell({.type = Observation::Type::forced, .node = node.id, .order = force.order});
  }
  become_durable(node, static_cast<std::uint32_t>(force.words[0]));
  if (node.is_up) go_on(node);
}

void World::become_durable(Node& node, std::uint32_t end) {
  if (end <= node.log.forced_records()) return;
  const std::size_t first = history_.size();
  add_fact(FactKind::durable, node).record = end;
  fact_is_complete();
  node.log.mark_forced(end, [&](const RecordView& record) {
    const auto facts = records_[record.kind].facts_when_forced;
    if (facts == nullptr) return;
    FactSink sink{*this, node.id, record.order};
    facts(whole_content(record).data(), sink);
  });
  facts_trigger(first);
}

void World::wait_in_inbox(Node& node, std::uint32_t slot) {
  slots_[slot].next = no_slot;
  if (node.inbox_first == no_slot) {
    node.inbox_first = slot;
  } else {
    slots_[node.inbox_last].next = slot;
  }
  node.inbox_last = slot;
}

/// First what waited for the disk, then who waited for us.
void World::serve_waiting(Node& node) {
  for (;;) {
    if (!node.is_up || node.pauses != 0) return;
    if (!node.tail.empty()) drain(node);
    if (node.inbox_first == no_slot || !node.is_up || node.pauses != 0) return;
    if (!node.groups_commits && !node.keeps_nothing()) return;
    const std::uint32_t slot = node.inbox_first;
    node.inbox_first = slots_[slot].next;
    if (leaves_inbox(node, slot)) handle(node, slot);
  }
}

/// A timer that was cancelled or armed anew while it waited does not fire.
bool World::leaves_inbox(Node& node, std::uint32_t slot) {
  const Slot& item = slots_[slot];
  if (item.type != SlotType::timer) return true;
  std::uint32_t& current = timer_slot(node, item.order, item.kind);
  if (current == slot) current = no_slot;
  if (to_time(item.words[TimerWord::deadline]) != never) return true;
  slots_.give_back(slot);
  return false;
}

void World::discard_inbox(Node& node) {
  for (std::uint32_t slot = node.inbox_first; slot != no_slot;) {
    const std::uint32_t next = slots_[slot].next;
    const Slot& item = slots_[slot];
    const bool is_cancelled =
        item.type == SlotType::timer && to_time(item.words[TimerWord::deadline]) == never;
    if (!is_cancelled) --live_;
    slots_.give_back(slot);
    slot = next;
  }
  node.inbox_first = node.inbox_last = no_slot;
}

void World::state_receipt(const Node& node, std::uint32_t index) {
  const Slot& slot = slots_[index];
  const auto facts = messages_[slot.kind].facts_on_receipt;
  if (facts == nullptr) return;
  const std::size_t first = history_.size();
  FactSink sink{*this, node.id, slot.order};
  facts(slot.words.data(), sink);
  facts_trigger(first);
}

[[gnu::always_inline]] inline void World::take_place(std::uint32_t slot) {
  switch (slots_[slot].type) {
    case SlotType::message: return message_arrives(slot);
    case SlotType::timer: return timer_is_due(slot);
    case SlotType::force: return force_is_done(slot);
  }
}

/// A fault takes place, or the run's time is over before anything does.
bool World::take_turn(TrueTime next_event) {
  const TrueTime end = plan_->limits().sim_time;
  if (std::min(next_event, next_fault_) > end) {
    now_ = end;
    return finish(EndReason::time);
  }
  next_agendum();
  return true;
}

/// One piece of code from here to the role, but for what is rare: see `apply_send`.
[[gnu::always_inline]] inline bool World::take_step() {
  if (live_ == 0 && !faults_remain() && !effects_wait()) return finish(EndReason::rest);
  if (counters_.events + agenda_done_ >= plan_->limits().events) return finish(EndReason::events);

  const TrueTime next_event = queue_.empty() ? never : TrueTime{Duration{queue_.top().time}};
  if (next_event >= turn_) [[unlikely]]
    return take_turn(next_event);
  const QueueEntry entry = queue_.pop();
  if (!queue_.empty()) slots_.prefetch(queue_.top().slot());
  now_ = next_event;
  take_place(entry.slot());
  return true;
}

bool World::step() {
  if (is_over_) return false;
  if (has_started_) return take_step();
  start_roles();
  return true;
}

bool World::run(std::size_t facts) {
  if (is_over_) return false;
  if (!has_started_) start_roles();
  while (history_.size() < facts) {
    if (!take_step()) return false;
  }
  return true;
}

std::span<std::uint32_t> World::timers_of(NodeId node) {
  const std::size_t row = (plan_->orders() + std::size_t{1}) * plan_->timer_kinds();
  return std::span{timers_}.subspan(node.index * row, row);
}

std::span<const std::uint32_t> World::timers_of(NodeId node) const {
  const std::size_t row = (plan_->orders() + std::size_t{1}) * plan_->timer_kinds();
  return std::span{timers_}.subspan(node.index * row, row);
}

bool World::has_armed_timers(NodeId node) const {
  const auto timers = timers_of(node);
  return std::any_of(timers.begin(), timers.end(), [&](std::uint32_t slot) {
    return slot != no_slot && to_time(slots_[slot].words[TimerWord::deadline]) != never;
  });
}

Duration World::longest_force() const {
  Duration longest{};
  for (const Node& node : nodes_) {
    if (node.forces != 0) longest = std::max(longest, now_ - node.forcing_since);
  }
  return longest;
}

void World::tell(Observation observation) {
  observation.time = now_;
  if (observation.node != no_node) observation.clock = reading(observation.node);
  observer_->on(observation);
}

}  // namespace indoubt::sim
