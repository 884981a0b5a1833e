#include "sim/world/work.hpp"

#include "sim/world/world.hpp"

// Nodes whose messages take time: what waits for that, what no longer fits, and what came too late.
// See docs/decisions/0038-a-node-works-on-one-message-at-a-time.md.
namespace indoubt::sim {
namespace {

constexpr std::uint64_t work_stream = 0x776f'726b'0000'0009u;

}  // namespace

void World::arrives_for_work(Node& node, std::uint32_t slot) {
  const std::uint32_t bound = plan_->plan().nodes[node.id.index].work.queue;
  const bool is_free = node.can_serve() && !node.work.is_on() && node.work.queue.empty();
  if (is_free) return begin_work(node, {slot, now_});
  if (bound != 0 && node.work.queue.size() >= bound) return turn_away(node, {slot, now_});
  if (node.pauses != 0) faults_.meet_message(node.paused_by);
  node.work.queue.push({slot, now_});
}

void World::turn_away(const Node& node, const Arrival& arrival) {
  const Slot& message = pending_.slots[arrival.slot];
  ++counters_.turned_away;
  --pending_.live;
  fold_event(std::uint64_t{12} | std::uint64_t{message.kind} << 8 |
                 std::uint64_t{message.from.index} << 16,
             node.id);
  if (observer_ != nullptr) {
    tell({.type = Observation::Type::turned_away,
          .node = node.id,
          .peer = message.from,
          .order = message.order,
          .kind = message.kind,
          .words = message.words.data(),
          .until = arrival.at});
  }
  state_struck(node, message.order);
  pending_.slots.give_back(arrival.slot);
}

/// The next message, if the node has time for it. Those for which it is too late are dropped first.
void World::take_up_work(Node& node) {
  if (node.work.is_on() || !node.can_serve()) return;
  const Duration deadline = plan_->plan().nodes[node.id.index].work.deadline;
  while (!node.work.queue.empty()) {
    const Arrival next = node.work.queue.pop();
    if (deadline == Duration{0} || now_ - next.at <= deadline) return begin_work(node, next);
    turn_away(node, next);
  }
}

void World::begin_work(Node& node, const Arrival& arrival) {
  Slot& message = pending_.slots[arrival.slot];
  const std::uint64_t key = mix(mix(seed_ ^ node.key, work_stream), order_key(message.order));
  const Duration usual = plan_->work_time(node.id)(draw(key, counts_.count(mix(key, work_stream))));
  const Duration time = usual + times_as_long(usual, node.work.delay);
  message.type = SlotType::work;
  message.incarnation = node.incarnation;
  node.work.now = arrival;
  node.work.end = now_ + time;
  node.work.has_entry = true;
  progress_.take(time);
  pending_.add(node.work.end, arrival.slot);
}

void World::queue_work(Node& node) {
  node.work.has_entry = true;
  pending_.add(node.work.end, node.work.now.slot);
}

/// The queue entry of some work popped. A pause may have moved the end of that.
void World::work_is_due(std::uint32_t slot) {
  Node& node = node_at(pending_.slots[slot].to);
  const bool is_of_the_past = pending_.slots[slot].incarnation != node.incarnation;
  if (is_of_the_past) return pending_.slots.give_back(slot);  // its node crashed since
  node.work.has_entry = false;
  if (node.pauses != 0) return;
  if (node.work.end > now_) return queue_work(node);
  ++counters_.events;
  last_event_ = now_;
  work_is_done(node);
  go_on(node);
}

/// The message is handled now, unless the handler of a timer has asked for a force meanwhile: then
/// it waits for that, as at a node whose messages take no time.
void World::work_is_done(Node& node) {
  const Arrival done = node.work.now;
  node.work.now = {};
  pending_.slots[done.slot].type = SlotType::message;
  progress_.take(now_ - done.at);
  const bool is_late = now_ - done.at > prompt_;
  if (is_late) state_late(node, pending_.slots[done.slot].order, done.at, LateFact::of_work);
  node.wait_in_inbox(pending_.slots, done.slot, now_);
}

/// A pause is over, and what it stopped takes that much longer.
void World::resume_work(Node& node) {
  if (!node.work.is_on()) return;
  node.work.end += now_ - node.work.stopped;
  if (!node.work.has_entry) queue_work(node);
}

/// What a node works on, and what waits for that, is lost with its memory.
void World::discard_work(Node& node) {
  const auto discard = [&](std::uint32_t slot) {
    --pending_.live;
    faults_.meet_message(node.down_by);
    if (slot != node.work.now.slot || !node.work.has_entry) pending_.slots.give_back(slot);
  };
  if (node.work.is_on()) discard(node.work.now.slot);
  node.work.queue.for_each(discard);
  node.work.clear();
}

}  // namespace indoubt::sim
