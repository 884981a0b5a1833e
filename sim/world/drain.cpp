#include <algorithm>

#include "sim/base/check.hpp"
#include "sim/world/world.hpp"

// How a run ends. From `sim_time` on no clients arrive, and the run goes on until it is at rest or
// still. See docs/decisions/0029-what-is-owed-is-judged-at-rest.md.
namespace indoubt::sim {
namespace {

/// So many of the longest waits without progress, and what is pending is retries.
constexpr int waits_until_still = 10;

/// Longer than any run is looked at, and far from where times end.
constexpr Duration longest_that_counts = Duration::max() / 100;

}  // namespace

/// For how long nothing may come about in a run that is not still.
Duration World::patience() const {
  const Duration longest = std::max(plan_->plan().longest_wait, progress_.longest());
  const Duration moved = std::min(progress_.moved(), longest_that_counts);
  return moved + waits_until_still * std::min(longest, longest_that_counts);
}

/// When a run in which nothing more comes about is still.
TrueTime World::still_from() const {
  return std::max(progress_.last(), facts_.last_new()) + patience();
}

/// Nobody waits but clients for answers, which ends by itself.
bool World::only_clients_wait() const {
  const auto client = plan_->plan().client;
  return client && timers_.armed(pending_, *client) == pending_.live;
}

/// A message waits at some node, or is worked on, that has not handled its like about that order.
/// However many copies of others it waits behind, a queue that is worked off is not still.
bool World::first_copies_wait() const {
  bool is_one_there = false;
  for (const Node& node : nodes_) {
    node.for_arrived(pending_.slots, [&](std::uint32_t index) {
      const Slot& item = pending_.slots[index];
      if (item.type == SlotType::timer) return;
      is_one_there = is_one_there || !progress_.has_handled(node.id, item.order, item.kind);
    });
  }
  return is_one_there;
}

/// Nothing takes place before `next`, which is later than the instant until which it was clear that
/// the run goes on. Says whether it does, and until when that is clear.
bool World::look_up(TrueTime next) {
  now_ = faults_.look_up_after();
  const bool will_change = faults_.has_more() || only_clients_wait();
  const TrueTime still = still_from();
  const bool seems_still = !will_change && next > still && still <= drain_end_;
  const bool is_queue_worked_off = seems_still && first_copies_wait();
  if (seems_still && !is_queue_worked_off) {
    now_ = std::max(now_, still);
    return finish(EndReason::still);
  }
  if (next > drain_end_) {
    now_ = drain_end_;
    return finish(EndReason::busy);
  }
  // Looking through long queues takes time, so not at every event.
  const TrueTime again = is_queue_worked_off ? next + patience() : std::max(next, still);
  faults_.look_up_after(std::min(drain_end_, again));
  return true;
}

Backlog World::backlog() const {
  Backlog backlog;
  std::vector<std::uint64_t> messages(nodes_.size());
  TrueTime first = never;
  const auto look_at = [&](std::uint32_t index) {
    const Slot& item = pending_.slots[index];
    if (item.type == SlotType::message) ++messages[item.to.index];
    if (item.type != SlotType::timer || !item.timer.is_armed()) return;
    if (item.incarnation != node_at(item.to).incarnation || item.timer.deadline >= first) return;
    first = item.timer.deadline;
    backlog.next_node = item.to;
    backlog.next_order = item.order;
    backlog.next_timer = item.kind;
  };
  for (EventQueue queue = pending_.queue; !queue.empty();) look_at(queue.pop().slot());
  for (const DueEvent& event : due_.list) {
    if (event.slot != no_slot) look_at(event.slot);
  }
  for (const Node& node : nodes_) {
    node.for_arrived(pending_.slots, look_at);
    messages[node.id.index] += node.work.is_on() ? 1u : 0u;
  }
  for (std::size_t i = 0; i < messages.size(); ++i) {
    backlog.messages += messages[i];
    if (messages[i] <= backlog.at_busiest) continue;
    backlog.at_busiest = messages[i];
    backlog.busiest = NodeId{static_cast<std::uint16_t>(i)};
  }
  return backlog;
}

bool World::is_anybody_down() const {
  return std::any_of(nodes_.begin(), nodes_.end(), [](const Node& node) { return !node.is_up; });
}

void World::bring_back() {
  INDOUBT_CHECK(is_over_);
  is_over_ = false;
  const Limits& limits = plan_->limits();
  now_ = std::max(now_, limits.sim_time);
  while (faults_.next_agendum() <= now_) next_agendum();
  progress_.make(now_);
  drain_end_ = limits.drain_end(now_);
  faults_.look_up_after(std::min(drain_end_, still_from()));
  for (Node& node : nodes_) {
    if (!node.is_up) restart(node);
  }
}

}  // namespace indoubt::sim
