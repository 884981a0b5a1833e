#include "sim/world/world.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "sim/base/check.hpp"
#include "sim/world/invariants.hpp"

// The run loop: what happens next, and to whom.
namespace indoubt::sim {
namespace {

#ifdef INDOUBT_CHECK_INVARIANTS
constexpr bool checks_invariants = true;
#else
constexpr bool checks_invariants = false;
#endif

constexpr Kind start_kind = WorldKinds::of<Start>();
constexpr std::uint64_t repetition_stream = 0x7265'7065'6174'0005u;

}  // namespace

World::World(std::shared_ptr<const CompiledPlan> plan)
    : plan_{std::move(plan)},
      messages_{plan_->plan().messages.data()},
      records_{plan_->plan().records.data()},
      briefs_{plan_->message_briefs().data()},
      prompt_{plan_->plan().prompt},
      timers_{*plan_},
      network_{*plan_},
      facts_{plan_->nodes(), plan_->orders()},
      progress_{plan_->nodes(), plan_->orders(), plan_->plan().messages.size()},
      faults_{*plan_} {
  nodes_.resize(plan_->nodes());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const PlannedNode& planned = plan_->plan().nodes[i];
    Node& node = nodes_[i];
    node.id = NodeId{static_cast<std::uint16_t>(i)};
    node.machine = planned.machine;
    node.groups_commits = planned.disk.group_commit;
    node.outputs_by_handling = planned.disk.output == Output::by_handling;
    node.works = planned.work.takes_time();
    node.has_links = plan_->has_links(node.id);
    node.key = plan_->node_key(i);
  }
}

void World::reset(std::uint64_t seed, std::span<const Fault> schedule) {
  seed_ = seed;
  now_ = last_event_ = TrueTime{};
  digest_ = 0;
  is_over_ = false;
  end_reason_ = EndReason::rest;
  pending_.clear();
  frees_late_messages_ = false;
  due_.clear(plan_->plan().event_order ? plan_->plan().event_order->size() : 0);
  timers_.clear();
  network_.clear();
  counts_.clear();
  facts_.clear();
  progress_.clear();
  const Limits& limits = plan_->limits();
  drain_end_ = limits.drain_end(limits.sim_time);
  counters_ = {};
  failures_.clear();
  look_at_events_ = first_look(limits.events);
  half_way_ = {};
  for (Node& node : nodes_) {
    node.reset(plan_->plan().nodes[node.id.index].role, seed);
    if (is_mutated(node)) node.careful_from = 0;
  }
  has_started_ = false;
  has_lost_connections_ = false;
  if (plan_->plan().replies_need_connections) connections_.assign(plan_->orders(), 0);
  keeps_backups_ = false;
  faults_.clear(seed);
  for (const Fault& fault : schedule) inject(fault);
}

/// Faults at time 0 come first: a node that is down from the start does not start.
void World::start_roles() {
  has_started_ = true;
  while (faults_.next_agendum() <= now_ && faults_.agenda_done() < plan_->limits().events)
    plan_->plan().event_order ? gather_agendum() : next_agendum();
  for (Node& node : nodes_) {
    if (node.is_up) handle_kind(node, start_kind);
  }
}

TrueTime World::last_word(OrderId order) const {
  TrueTime last = never;
  for (const Node& node : nodes_) {
    const TrueTime told = progress_.told(node.id, order);
    if (told != never && (last == never || last < told)) last = told;
  }
  return last;
}

bool World::finish(EndReason reason) {
  is_over_ = true;
  end_reason_ = reason;
  return false;
}

/// Whether effects wait at some node. When nothing else is pending, they wait for a pause to end,
/// which it does at quiet at the latest.
bool World::effects_wait() const {
  return std::any_of(nodes_.begin(), nodes_.end(),
                     [](const Node& node) { return !node.tail.empty() || !node.held.empty(); });
}

void World::arrives_dead(const Node& node, std::uint32_t slot) {
  --pending_.live;
  faults_.meet_message(node.down_by);
  if (observer_ != nullptr) {
    const Slot& message = pending_.slots[slot];
    tell({.type = Observation::Type::arrived_dead,
          .node = node.id,
          .peer = message.from,
          .order = message.order,
          .kind = message.kind,
          .words = message.words.data()});
  }
  pending_.slots.give_back(slot);
}

/// What the code of a role throws is a mistake of its author, and a finding. It costs nothing as
/// long as nothing is thrown.
[[gnu::always_inline]] inline bool World::call_handler(Node& node, Kind kind,
                                                       const std::uint64_t* words,
                                                       Effects& effects) {
  try {
    return node.role.handle(kind, words, effects);
  } catch (...) {
    effects.fail();
    return true;
  }
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
                                            : call_handler(node, kind, words, effects);
  handling_at_ = no_node;
  if (has_late_clocks_) [[unlikely]]
    set_late_clocks(node_at(node.machine));
  INDOUBT_CHECK(is_handled || kind < WorldKinds::size);
}

/// For a node with a fault at one of its places, or with mutations.
bool World::handle_with_care(Node& node, Kind kind, const std::uint64_t* words,
                             Handling& handling) {
  faults_.triggers().handling_begins(node.id, handling.number, kind, handling.order);
  Effects effects{*this, handling};
  if (!is_mutated(node)) return call_handler(node, kind, words, effects);
  const std::vector<EffectMutation>& mutations = plan_->plan().nodes[node.id.index].mutations;
  const auto is_due = [&](MutationType type) {
    return std::find(mutations.begin(), mutations.end(), EffectMutation{type, kind}) !=
           mutations.end();
  };
  if (is_due(MutationType::forget_duplicate)) forget_if_repeated(node, handling);
  if (is_due(MutationType::drop_handling)) {
    ++counters_.mutations;
    return true;
  }
  finds_disk_full_ = is_due(MutationType::spurious_refusal);
  keeps_locks_ = is_due(MutationType::forget_unlock);
  collects_effects_ = std::any_of(
      mutations.begin(), mutations.end(),
      [&](const EffectMutation& mutation) { return mutation.concerns_effects_of(kind); });
  const bool is_handled = call_handler(node, kind, words, effects);
  finds_disk_full_ = false;
  keeps_locks_ = false;
  if (!collects_effects_) return is_handled;
  collects_effects_ = false;
  if (change_collected(mutations, handling)) ++counters_.mutations;
  let_collected_take_place(handling);
  return is_handled;
}

/// Makes one mistake after the other with what the handler wanted. False if that changes nothing.
bool World::change_collected(const std::vector<EffectMutation>& mutations,
                             const Handling& handling) {
  const NodeId client = plan_->plan().client.value_or(no_node);
  bool has_changed = false;
  for (const EffectMutation& mutation : mutations) {
    if (!mutation.concerns_effects_of(handling.kind)) continue;
    if (collected_.change(mutation, handling.sender, client)) has_changed = true;
  }
  return has_changed;
}

/// A message is a repetition if its sender has sent one about this order before, whether this node
/// has crashed since or not: a sender that asks again does not know of crashes.
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
  const Kind kind = pending_.slots[index].kind;
  const OrderId order = pending_.slots[index].order;
  const NodeId from = pending_.slots[index].from;
  const KindBrief brief = briefs_[kind];
  if (brief.has_facts_on_receipt) state_receipt(node, index);
  pending_.slots.give_back(index);
  --pending_.live;
  if (!node.is_up) return;
  if (!brief.is_timer) progress_.handle(node.id, order, kind, now_);
  const std::uint64_t* words = pending_.slots[index].words.data();
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

[[gnu::always_inline]] inline void World::message_arrives(std::uint32_t slot) {
  Node& node = node_at(pending_.slots[slot].to);
  ++counters_.events;
  last_event_ = now_;
  if (!node.is_up) return arrives_dead(node, slot);
  if (node.works) [[unlikely]]
    return arrives_for_work(node, slot);
  if (!node.can_handle()) return must_wait(node, slot);
  handle(node, slot);
  go_on(node);
}

void World::must_wait(Node& node, std::uint32_t slot) {
  if (node.pauses != 0) faults_.meet_message(node.paused_by);
  node.wait_in_inbox(pending_.slots, slot, now_);
}

void World::timer_is_due(std::uint32_t slot) {
  Slot& timer = pending_.slots[slot];
  Node& node = node_at(timer.to);
  if (!timers_.fires(pending_, slot, node.incarnation, now_)) return;
  ++counters_.events;
  last_event_ = now_;
  if (!node.can_handle()) {
    timer.timer.in_inbox = true;  // it can still be cancelled
    return node.wait_in_inbox(pending_.slots, slot, now_);
  }
  timers_.leave(timer, slot);
  handle(node, slot);
  go_on(node);
}

void World::force_is_done(std::uint32_t slot) {
  const Slot force = pending_.slots[slot];
  pending_.slots.give_back(slot);
  Node& node = node_at(force.to);
  if (force.incarnation != node.incarnation) return;
  ++counters_.events;
  last_event_ = now_;
  INDOUBT_CHECK(node.is_up && node.forces != 0);
  --pending_.live;
  --node.forces;
  if (force.force.is_late) [[unlikely]]
    end_late_force(node);
  ++node.barriers_done;
  fold_event(1, node.id);
  if (observer_ != nullptr && force.force.is_own) {
    tell({.type = Observation::Type::forced, .node = node.id, .order = force.order});
  }
  if (node.lying != 0) [[unlikely]] {
    node.promised = std::max(node.promised, force.force.end);
  } else {
    become_durable(node, force.force.end);
  }
  if (node.is_up) go_on(node);
}

void World::become_durable(Node& node, std::uint32_t end) {
  if (end <= node.log.forced_records()) return;
  if (keeps_backups_) [[unlikely]]
    node.backups.push_back({now_, end});
  const std::size_t first = history().size();
  Fact fact = fact_at(FactKind::durable, instant_at(node));
  fact.record = end;
  facts_.state(fact);
  node.log.mark_forced(end, [&](const RecordView& record) {
    const auto facts = records_[record.kind].facts_when_forced;
    if (facts == nullptr) return;
    FactSink sink{facts_, instant_at(node), record.order};
    facts(whole_content(record).data(), sink);
  });
  facts_trigger(first);
}

/// First the effects that waited for the disk, then the messages that waited in the inbox.
void World::serve_waiting(Node& node) {
  for (;;) {
    if (!node.can_act()) return;
    if (!node.tail.empty()) let_tail_take_place(node);
    if (!node.has_mail() || !node.can_act()) return;
    if (!node.groups_commits && !node.keeps_nothing()) return;
    const std::uint32_t slot = node.take_from_inbox(pending_.slots);
    if (now_ - node.mail_since > prompt_) [[unlikely]]
      state_late(node, pending_.slots[slot].order, node.mail_since);
    if (leaves_inbox(slot)) handle(node, slot);
  }
}

/// A timer that was cancelled or armed anew while it waited does not fire.
bool World::leaves_inbox(std::uint32_t slot) {
  const Slot& item = pending_.slots[slot];
  if (item.type != SlotType::timer) return true;
  timers_.leave(item, slot);
  if (item.timer.is_armed()) return true;
  pending_.slots.give_back(slot);
  return false;
}

void World::discard_inbox(Node& node) {
  while (node.has_mail()) {
    const std::uint32_t slot = node.take_from_inbox(pending_.slots);
    const Slot& item = pending_.slots[slot];
    const bool is_cancelled = item.type == SlotType::timer && !item.timer.is_armed();
    if (!is_cancelled) --pending_.live;
    if (item.type == SlotType::message) faults_.meet_message(node.down_by);
    pending_.slots.give_back(slot);
  }
}

/// States the facts of a message that leaves.
void World::state_facts(const Node& node, Kind kind, OrderId order, const std::uint64_t* words) {
  const KindInfo& info = messages_[kind];
  if (info.facts == nullptr) return;
  const std::size_t first = history().size();
  FactSink sink{facts_, instant_at(node), order};
  info.facts(words, sink);
  facts_trigger(first);
}

// What may excuse that an order does not go well.
void World::state_struck(const Node& node, OrderId order) {
  Fact fact = fact_at(FactKind::struck, instant_at(node));
  fact.order = order;
  facts_.state(fact);
}

void World::state_late(const Node& node, OrderId order, TrueTime since, std::uint8_t cause) {
  Fact fact = fact_at(FactKind::late, instant_at(node));
  fact.value = cause;
  fact.order = order;
  fact.expires = ClockTime{since.time_since_epoch()};
  facts_.state(fact);
}

/// States the facts of a message that has arrived.
void World::state_receipt(const Node& node, std::uint32_t index) {
  const Slot& slot = pending_.slots[index];
  if (!connections_.empty() && slot.from == plan_->plan().client)
    connections_[slot.order.index] = node.incarnation;
  const auto facts = messages_[slot.kind].facts_on_receipt;
  if (facts == nullptr) return;
  const std::size_t first = history().size();
  FactSink sink{facts_, instant_at(node), slot.order};
  facts(slot.words.data(), sink);
  facts_trigger(first);
}

[[gnu::always_inline]] inline void World::take_place(std::uint32_t slot) {
  switch (pending_.slots[slot].type) {
    case SlotType::message: return message_arrives(slot);
    case SlotType::timer: return timer_is_due(slot);
    case SlotType::force: return force_is_done(slot);
    case SlotType::work: return work_is_due(slot);
  }
}

/// A fault takes place, or nothing does before it is time to look up.
bool World::take_turn(TrueTime next_event) {
  if (plan_->plan().event_order) return take_step_in_order();
  const TrueTime next = std::min(next_event, faults_.next_agendum());
  if (next > faults_.look_up_after()) return look_up(next);
  next_agendum();
  return true;
}

/// One piece of code from here to the role, except for what is rare: see `apply_send`.
[[gnu::always_inline]] inline bool World::take_step() {
  if (pending_.live == 0 && !faults_.has_more() && !effects_wait()) return finish(EndReason::rest);
  if (counters_.events + faults_.agenda_done() >= look_at_events_) [[unlikely]] {
    if (!look_at_bound()) return false;
  }

  const TrueTime next_event =
      pending_.queue.empty() ? never : TrueTime{Duration{pending_.queue.top().time}};
  if (next_event >= faults_.turn()) [[unlikely]]
    return take_turn(next_event);
  const QueueEntry entry = pending_.queue.pop();
  if (!pending_.queue.empty()) pending_.slots.prefetch(pending_.queue.top().slot());
  now_ = next_event;
  take_place(entry.slot());
  return true;
}

/// After each event while the world is small. In a larger one a look costs as much as many events,
/// and so is taken after as many.
inline void World::check_invariants() const {
  if constexpr (checks_invariants) {
    const std::size_t size = pending_.slots.size() + timers_.size();
    if ((counters_.events + faults_.agenda_done()) % (1 + size / 128) != 0) return;
    const std::string_view broken = broken_invariant(*this);
    if (!broken.empty()) fail_check(broken.data(), __FILE__, __LINE__);
  }
}

/// What is pending in this slot takes place now, and not where the queue has it.
void World::take_up(std::uint32_t slot) {
  take_place(slot);
  check_invariants();
}

bool World::step() {
  if (is_over_) return false;
  if (!has_started_) {
    start_roles();
  } else if (!take_step()) {
    return false;
  }
  check_invariants();
  return true;
}

bool World::run(std::size_t facts) {
  if (is_over_) return false;
  if (!has_started_) start_roles();
  while (history().size() < facts) {
    if (!take_step()) return false;
    check_invariants();
  }
  return true;
}

void World::tell(Observation observation) {
  observation.time = now_;
  if (observation.node != no_node) observation.clock = reading(observation.node);
  observer_->on(observation);
}

}  // namespace indoubt::sim
