#include <algorithm>
#include <chrono>

#include "sim/base/check.hpp"
#include "sim/world/world.hpp"

// Events in order: a world in which messages and forces take no time, and what is due at an instant
// takes place in an order that the plan lists or a search chooses. Time passes when nothing is left
// to happen. See docs/orders.md.
namespace indoubt::sim {
namespace {

/// What a fault has made so late may come at any time.
constexpr Duration any_time = longest_delay / 2;

bool is_like(const Event& pattern, const Event& event) {
  return pattern.type == event.type && pattern.node == event.node && pattern.from == event.from &&
         pattern.kind == event.kind && pattern.order == event.order && pattern.fault == event.fault;
}

}  // namespace

Event World::name_event(const DueEvent& due) const {
  if (due.type == EventType::fault) return {.type = due.type, .fault = fault(due.fault).id};
  Event event{.type = due.type, .node = due.node};
  if (due.type == EventType::deliver) event.from = due.from;
  if (due.type == EventType::deliver || due.type == EventType::timer) event.kind = due.kind;
  const bool has_order = due.type != EventType::restart && due.type != EventType::force;
  if (has_order && due.order != no_order) event.order = due.order;
  return event;
}

/// Takes what has become due out of the queue and the agenda, and forgets what no longer is: what a
/// crash has taken along, and timers that were cancelled or armed anew.
void World::gather_due() {
  while (faults_.next_agendum() <= now_) gather_agendum();
  // Looking whether a timer fires may put it into the queue again, and be it for this instant.
  do {
    while (is_queue_due()) gather_entry(pending_.queue.pop());
    std::erase_if(due_.list, [&](const DueEvent& event) { return !is_still_due(event); });
  } while (is_queue_due());
  std::stable_sort(due_.list.begin(), due_.list.end(), [](const DueEvent& a, const DueEvent& b) {
    return a.is_late != b.is_late ? b.is_late : a.sequence < b.sequence;
  });
}

bool World::is_queue_due() const {
  return !pending_.queue.empty() && pending_.queue.top().time <= now_.time_since_epoch().count();
}

/// A restart waits for its turn, and so does a fault that the plan lists; all else takes place.
void World::gather_agendum() {
  const Agendum agendum = faults_.first_agendum();
  if (agendum.due == Due::occur && lists(agendum.fault)) {
    faults_.take_agendum();
    due_.list.push_back(
        {.type = EventType::fault, .fault = agendum.fault, .sequence = pending_.sequence++});
    return;
  }
  if (agendum.due != Due::restart) return next_agendum();
  faults_.take_agendum();
  progress_.make(now_);
  const Node& node = node_at(agendum.node);
  const bool is_meant = !node.is_up && node.incarnation == agendum.incarnation;
  if (!is_meant) return;
  due_.list.push_back(
      {.type = EventType::restart, .node = node.id, .sequence = pending_.sequence++});
}

bool World::lists(std::uint32_t fault) const {
  const EventOrder& order = *plan_->plan().event_order;
  return std::any_of(order.begin(), order.end(), [&](const Event& event) {
    return event.type == EventType::fault && event.fault == this->fault(fault).id;
  });
}

void World::gather_entry(const QueueEntry& entry) {
  const Slot& slot = pending_.slots[entry.slot()];
  const EventType type = slot.type == SlotType::message ? EventType::deliver
                         : slot.type == SlotType::timer ? EventType::timer
                                                        : EventType::force;
  due_.list.push_back({.type = type,
                       .node = slot.to,
                       .from = slot.from,
                       .kind = slot.kind,
                       .order = slot.order,
                       .slot = entry.slot(),
                       .sequence = entry.sequence()});
}

/// What is on its way lies in the queue again, for whoever looks for it there.
void World::put_due_messages_back() {
  std::erase_if(due_.list, [&](const DueEvent& event) {
    const bool is_message = event.type == EventType::deliver && !event.is_late;
    if (is_message) pending_.queue.push(QueueEntry::make(now_, event.sequence, event.slot));
    return is_message;
  });
}

bool World::is_still_due(const DueEvent& event) {
  const Node& node = node_at(event.node);
  switch (event.type) {
    case EventType::restart: return !node.is_up;
    case EventType::deliver:
    case EventType::fault: return true;
    case EventType::timer: return timers_.fires(pending_, event.slot, node.incarnation, now_);
    case EventType::force:
      if (pending_.slots[event.slot].incarnation == node.incarnation) return true;
      pending_.slots.give_back(event.slot);
      return false;
  }
  return false;
}

/// Whether its way keeps order: a link may, and what is between nodes of one machine does.
bool World::keeps_order(const DueEvent& event) const {
  const Node& sender = node_at(event.from);
  const NodeId machine = node_at(event.node).machine;
  return sender.machine == machine || plan_->link(sender.id, event.node, sender.has_links).fifo;
}

/// Whether another message has to arrive before this one.
bool World::is_behind_another(const DueEvent& event) const {
  if (!keeps_order(event)) return false;
  return std::any_of(due_.list.begin(), due_.list.end(), [&](const DueEvent& other) {
    return other.type == EventType::deliver && other.from == event.from &&
           other.node == event.node && !other.is_late && other.sequence < event.sequence;
  });
}

bool World::can_take_place(const DueEvent& event) const {
  const Node& node = node_at(event.node);
  if (event.is_late) return event.since < now_ && node.can_handle();
  switch (event.type) {
    case EventType::restart:
    case EventType::force:
    case EventType::fault: return true;
    case EventType::timer: return node.can_handle();
    case EventType::deliver: return (!node.is_up || node.can_handle()) && !is_behind_another(event);
  }
  return false;
}

/// Whether no other node can tell when it takes place, and nothing else can take place at its own
/// before it: a force without group commit, a message to a node that stays down, and an answer to
/// the client, who only notes it.
bool World::is_alone(const DueEvent& event) const {
  const Node& node = node_at(event.node);
  const auto concerns_node = [&](EventType type) {
    return std::any_of(due_.list.begin(), due_.list.end(), [&](const DueEvent& other) {
      return other.type == type && other.node == event.node;
    });
  };
  if (event.is_late) return false;
  if (event.type == EventType::force) return !node.groups_commits;
  if (event.type != EventType::deliver) return false;
  if (!node.is_up) return !concerns_node(EventType::restart);
  return plan_->is_client(event.node) && !concerns_node(EventType::timer);
}

void World::list_choices(std::vector<std::size_t>& choices) const {
  choices.clear();
  for (std::size_t i = 0; i < due_.list.size(); ++i) {
    const DueEvent& event = due_.list[i];
    if (!can_take_place(event)) continue;
    if (is_alone(event)) {
      choices.assign(1, i);
      return;
    }
    choices.push_back(i);
  }
}

/// False of a fault that the run does not have.
bool World::may_come(const Event& event) const {
  if (event.type != EventType::fault) return true;
  for (std::size_t i = 0; i < faults_.size(); ++i) {
    if (faults_.fault(i).id == event.fault) return true;
  }
  return false;
}

/// What the plan's list says of an event: nothing, that it comes next, or that it waits for what is
/// listed before it and has not taken place.
World::Turn World::turn_of(const DueEvent& event) const {
  const EventOrder& order = *plan_->plan().event_order;
  const Event named = name_event(event);
  bool is_another_left = false;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint32_t matched = due_.matched[i];
    if (is_like(order[i], named) && matched + 1 == order[i].nth)
      return is_another_left ? Turn::waits : Turn::next;
    is_another_left = is_another_left || (matched < order[i].nth && may_come(order[i]));
  }
  return Turn::not_listed;
}

/// The place in `due` of what takes place next, or one behind its end: what the list has next as
/// soon as it can, and until then the oldest that does not wait for it. Where all that could waits
/// for something that is not there, it waits in vain.
std::size_t World::first_in_order() const {
  std::vector<std::size_t> choices;
  list_choices(choices);
  if (choices.empty()) return due_.list.size();
  std::size_t first = choices.front();
  bool is_free = false;
  for (const std::size_t choice : choices) {
    const Turn turn = turn_of(due_.list[choice]);
    if (turn == Turn::next) return choice;
    if (turn == Turn::waits || is_free) continue;
    first = choice;
    is_free = true;
  }
  return first;
}

void World::count_match(const DueEvent& event) {
  const EventOrder& order = *plan_->plan().event_order;
  const Event named = name_event(event);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (is_like(order[i], named)) ++due_.matched[i];
  }
}

void World::take_due(std::size_t index) {
  const DueEvent event = due_.list[index];
  count_match(event);
  due_.list.erase(due_.list.begin() + static_cast<std::ptrdiff_t>(index));
  switch (event.type) {
    case EventType::restart: return restart(node_at(event.node));
    case EventType::fault: return come_to_pass(event.fault);
    case EventType::deliver:
    case EventType::timer:
    case EventType::force: return take_up(event.slot);
  }
}

/// Nothing is left to happen at this instant. False if the run is over.
bool World::pass_time() {
  const bool is_idle = pending_.live == 0 && due_.list.empty();
  if (is_idle && !faults_.has_more() && !effects_wait()) return finish(EndReason::rest);
  const TrueTime next_event =
      pending_.queue.empty() ? never : TrueTime{Duration{pending_.queue.top().time}};
  const TrueTime next = std::min(next_event, faults_.next_agendum());
  if (next > faults_.look_up_after()) return look_up(next);
  now_ = std::max(now_, next);
  return true;
}

bool World::take_step_in_order() {
  gather_due();
  const std::size_t next = first_in_order();
  if (next == due_.list.size()) return pass_time();
  take_due(next);
  return true;
}

bool World::reach_choice() {
  if (is_over_) return false;
  if (!has_started_) start_roles();
  for (;;) {
    if (counters_.events + faults_.agenda_done() >= look_at_events_) {
      if (!look_at_bound()) return false;
    }
    gather_due();
    if (frees_late_messages_) loosen_late_messages();
    const bool has_choice =
        std::any_of(due_.list.begin(), due_.list.end(),
                    [&](const DueEvent& event) { return can_take_place(event); });
    if (has_choice) return true;
    if (only_late_messages_wait()) {
      const bool is_any_expected =
          std::any_of(due_.list.begin(), due_.list.end(),
                      [&](const DueEvent& event) { return node_at(event.node).can_handle(); });
      if (!is_any_expected) return finish(EndReason::rest);  // as good as lost
      now_ += plan_->plan().longest_wait;
    } else if (!pass_time()) {
      return false;
    }
  }
}

/// Nothing else is to come, so there is no next instant but one that they bring about.
bool World::only_late_messages_wait() const {
  const auto late = std::count_if(due_.list.begin(), due_.list.end(),
                                  [](const DueEvent& event) { return event.is_late; });
  return late != 0 && pending_.live == static_cast<std::uint64_t>(late) && !faults_.has_more() &&
         !effects_wait();
}

bool World::awaits_late_messages() const {
  return std::any_of(due_.list.begin(), due_.list.end(),
                     [](const DueEvent& event) { return event.is_late; });
}

bool World::wait() {
  if (only_late_messages_wait()) return false;
  return pass_time() && reach_choice();
}

bool World::choose(std::size_t choice) {
  take_due(choice);
  return reach_choice();
}

void World::loosen_late_messages() {
  EventQueue queue;
  queue = pending_.queue;
  pending_.queue.clear();
  while (!queue.empty()) {
    const QueueEntry entry = queue.pop();
    const Slot& slot = pending_.slots[entry.slot()];
    const bool is_late = slot.type == SlotType::message &&
                         entry.time - now_.time_since_epoch().count() > any_time.count();
    if (!is_late) {
      pending_.queue.push(entry);
      continue;
    }
    due_.list.push_back({.node = slot.to,
                         .from = slot.from,
                         .kind = slot.kind,
                         .order = slot.order,
                         .slot = entry.slot(),
                         .sequence = entry.sequence(),
                         .since = TrueTime{Duration{entry.time}} - longest_delay,
                         .is_late = true});
  }
}

TrueTime World::next_instant() const {
  TrueTime next = faults_.next_change();
  for (const Node& node : nodes_) {
    for (const std::uint32_t slot : timers_.of(node.id)) {
      if (slot == no_slot) continue;
      const TrueTime deadline = pending_.slots[slot].timer.deadline;
      if (deadline > now_) next = std::min(next, deadline);
    }
  }
  return next;
}

TrueTime World::last_timer() const {
  TrueTime last{};
  for (const Node& node : nodes_) {
    if (plan_->is_client(node.id)) continue;
    for (const std::uint32_t slot : timers_.of(node.id)) {
      if (slot == no_slot || !pending_.slots[slot].timer.is_armed()) continue;
      last = std::max(last, pending_.slots[slot].timer.deadline);
    }
  }
  return last > now_ ? last : never;
}

}  // namespace indoubt::sim
