#include <algorithm>

#include "sim/world/world.hpp"

// What a world's state is as a number, for a search that merges states. Left out are:
//
// - When it is: everything is measured from now, so `sim_time` and `quiet_after` have to be further
//   off than a search goes.
// - Numbers that only name: of handlings, effects, incarnations, sequences and slots; and keys of
//   draws, which have to be the same however many were drawn before.
// - What has been counted, met and observed, and what was handled before: that decides when a run
//   is called still, which a search finds out for itself.
// - What a log's records are: what a restart would make of them matters, and what of each prefix,
//   as long as a crash may lose the rest.
// - When a node last told anybody anything: who judges knows since when that matters.
namespace indoubt::sim {
namespace {

void hash_fault(const Fault& fault, StateHash& hash) {
  hash.add(static_cast<std::uint64_t>(fault.action) | static_cast<std::uint64_t>(fault.keep) << 8 |
           static_cast<std::uint64_t>(fault.disk) << 16 | std::uint64_t{fault.one_way} << 24);
  hash.add(static_cast<std::uint64_t>(fault.by.count()));
  for (const NodeId node : fault.nodes) hash.add(node.index);
  for (const auto& group : fault.groups) {
    hash.add(std::uint64_t{group.size()});
    for (const NodeId node : group) hash.add(node.index);
  }
}

/// False if the role cannot take it: its restart would fail.
bool can_replay(AnyRole& role, const RecordView& record) {
  try {
    role.replay(record.kind, record.order, whole_content(record).data());
    return true;
  } catch (...) {
    current_failure();  // memory that ran out is another matter
    return false;
  }
}

}  // namespace

void Triggers::hash_into(StateHash& hash) const {
  for (const FactFault& waiting : for_facts_)
    hash.add(std::uint64_t{waiting.fault} << 32 | waiting.seen);
  for (const MessageFault& waiting : for_messages_) {
    hash.add(std::uint64_t{waiting.fault} << 32 | waiting.seen);
    hash.add(static_cast<std::uint64_t>(waiting.open_windows));
  }
  for (const PlaceFault& waiting : for_places_) {
    hash.add(std::uint64_t{waiting.fault} << 32 | waiting.seen);
    hash.add(std::uint64_t{waiting.handling != no_fault});
  }
}

void FaultEngine::hash_into(StateHash& hash) const {
  hash.add(std::uint64_t{is_quiet_} | std::uint64_t{cuts_.size()} << 8 |
           std::uint64_t{degradations_.size()} << 24 | std::uint64_t{disk_errors_.size()} << 40);
  for (const std::uint32_t index : cuts_) hash_fault(fault(index), hash);
  for (const std::uint32_t index : degradations_) hash.add(index);
  for (const DiskError& error : disk_errors_) hash.add(error.machine.index);
  agenda_.for_each([&](const Agendum& item) {
    if (item.due == Due::quiet) return;
    hash.add(item.at);
    hash.add(static_cast<std::uint64_t>(item.due) | std::uint64_t{item.node.index} << 8);
    hash_fault(fault(item.fault), hash);
  });
  triggers_.hash_into(hash);
}

/// What is on its way, as a bag, but for what stays in order.
void World::hash_message(const DueEvent& event, StateHash& hash) const {
  const Slot& slot = pending_.slots[event.slot];
  hash.add(static_cast<std::uint64_t>(event.type) | std::uint64_t{event.is_late} << 4 |
           std::uint64_t{event.is_late && event.since == now_} << 5 |
           std::uint64_t{slot.kind} << 8 | std::uint64_t{slot.from.index} << 24 |
           std::uint64_t{slot.to.index} << 40);
  hash.add(slot.order.index);
  hash.measure_from(reading(slot.from));
  messages_[slot.kind].hash(slot.words.data(), hash);
  if (event.is_late || event.type != EventType::deliver || !keeps_order(event)) return;
  const auto is_before = [&](const DueEvent& other) {
    return other.type == EventType::deliver && other.from == event.from &&
           other.node == event.node && !other.is_late && other.sequence < event.sequence;
  };
  hash.add(
      static_cast<std::uint64_t>(std::count_if(due_.list.begin(), due_.list.end(), is_before)));
}

/// Messages and forces that are not due yet: there are some only where faults delay them.
void World::hash_queue(StateHash& hash) const {
  std::uint64_t known = 0;
  for (const DueEvent& event : due_.list) known += event.slot != no_slot ? 1 : 0;
  for (const Node& node : nodes_) known += timers_.armed(pending_, node.id);
  if (known >= pending_.live) return;
  for (EventQueue queue = pending_.queue; !queue.empty();) {
    const QueueEntry entry = queue.pop();
    const Slot& slot = pending_.slots[entry.slot()];
    if (slot.type == SlotType::timer) continue;
    StateHash member = hash.member();
    member.add(TrueTime{Duration{entry.time}});
    member.add(std::uint64_t{slot.kind} | std::uint64_t{slot.from.index} << 16 |
               std::uint64_t{slot.to.index} << 32);
    member.add(slot.order.index);
    if (slot.type == SlotType::message) messages_[slot.kind].hash(slot.words.data(), member);
    hash.add_set(member);
  }
}

/// The durable part is what a restart makes of it; of the rest each prefix may be all that is left,
/// but a record that changes nothing makes no prefix of its own.
void World::hash_log(const Node& node, AnyRole& scratch, StateHash& hash) const {
  const auto hash_of = [&] {
    StateHash of_role = hash.member();
    scratch.hash(of_role);
    if (of_role.first_position()) hash.number_from(*of_role.first_position());
    return of_role.value();
  };
  scratch = plan_->plan().nodes[node.id.index].role;
  std::uint32_t number = 0;
  bool is_failed = false;
  Fingerprint last{};
  const auto close = [&] {
    if (is_failed) return hash.add(std::uint64_t{number});  // all restarts fail alike
    const Fingerprint made = hash_of();
    if (number > node.log.forced_records() && made == last) return;
    hash.add(made.high);
    hash.add(made.low);
    last = made;
  };
  if (node.log.forced_records() == 0) close();
  node.log.for_records_from(0, [&](const RecordView& record) {
    is_failed = is_failed || !can_replay(scratch, record);
    if (++number >= node.log.forced_records()) close();
  });
  hash.add(~std::uint64_t{0});
}

void World::hash_node(const Node& node, StateHash& hash) const {
  hash.add(std::uint64_t{node.is_up} | std::uint64_t{node.pauses} << 8 |
           std::uint64_t{node.forces} << 24 | std::uint64_t{node.held_waits} << 56);
  if (!node.is_up) return;
  node.role.hash(hash);
  std::uint64_t place = 0;
  for (const std::uint32_t slot : timers_.of(node.id)) {
    ++place;
    if (slot == no_slot || !pending_.slots[slot].timer.is_armed()) continue;
    hash.add(place);
    hash.add(pending_.slots[slot].timer.deadline);
  }
  hash.add(0);
  node.tail.hash_into(hash, plan_->plan().messages, plan_->plan().records);
  node.held.hash_into(hash, plan_->plan().messages, plan_->plan().records);
  hash.add(std::uint64_t{node.full} | std::uint64_t{node.lying} << 16 |
           std::uint64_t{node.groups_commits ? node.barriers_done : 0} << 32);
  hash.add(static_cast<std::uint64_t>(node.slower_by.count()));
  hash.add(node.force_delay);
  const std::uint64_t next_place = faults_.triggers().next_place(node.id, node.effects);
  hash.add(next_place == Node::nothing_to_mind ? next_place : next_place - node.effects);
  hash.add(node.forces == 0 ? 0 : std::uint64_t{node.log.records() - node.force_end});
}

void World::hash_into(StateHash& hash, std::vector<AnyRole>& scratch, Duration set_back) const {
  scratch.resize(nodes_.size());
  hash.measure_from(now_);
  // What is durable comes first: it says which positions on a log are done with.
  for (const Node& node : nodes_) {
    hash.measure_from(clock_of(node).reading(now_) - set_back);
    hash_log(node, scratch[node.id.index], hash);
  }
  for (const DueEvent& event : due_.list) {
    StateHash member = hash.member();
    if (event.type == EventType::deliver) {
      hash_message(event, member);
    } else if (event.type == EventType::force) {
      const PendingForce& force = pending_.slots[event.slot].force;
      member.add(std::uint64_t{1} << 60 | event.node.index);
      member.add(std::uint64_t{node_at(event.node).log.records() - force.end});
    } else if (event.type == EventType::restart) {
      member.add(std::uint64_t{2} << 60 | event.node.index);
    } else {
      continue;  // timers are their nodes'
    }
    hash.add_set(member);
  }
  hash_queue(hash);
  hash.add(0);
  for (const Node& node : nodes_) {
    const Clock& clock = clock_of(node);
    hash.measure_from(clock.reading(now_) - set_back);
    hash_node(node, hash);
    hash.add(static_cast<std::uint64_t>(
        (clock.reading(now_).time_since_epoch() - now_.time_since_epoch()).count()));
    hash.add(static_cast<std::uint64_t>(clock.drift_ppb()));
    for (std::uint32_t order = 0; order < connections_.size(); ++order)
      hash.add(std::uint64_t{connections_[order] == node.incarnation});
  }
  faults_.hash_into(hash);
}

}  // namespace indoubt::sim
