#include <algorithm>
#include <vector>

#include "sim/base/mix.hpp"
#include "sim/world/world.hpp"

// What a crash takes that usually survives one: what was forced, what was sent, and the clock.
namespace indoubt::sim {
namespace {

// What the word of a crash at a node is drawn for, besides how much of its tail is kept.
constexpr std::uint64_t rot_stream = 0x726f'7400'0000'0007u;
constexpr std::uint64_t sends_stream = 0x7365'6e64'7300'0008u;

/// What a log has lost is in none of its backups: other records come to have those numbers.
void forget_lost(Node& node) {
  std::erase_if(node.backups,
                [&](const Backup& backup) { return backup.records > node.log.records(); });
}

}  // namespace

void World::suffer(Node& node, std::uint32_t fault, std::uint64_t word) {
  const Damage& damage = faults_.fault(fault).damage;
  if (damage.wipe) lose_durable(node, 0);
  if (damage.rollback) restore_backup(node, *damage.rollback);
  if (damage.rot) rot(node, word);
  if (damage.lost_sends) lose_sends(node, fault, word);
  if (damage.clock_restarts) node_at(node.machine).clock_is_lost = true;
}

/// The disk is what it was so long ago.
void World::restore_backup(Node& node, Duration age) {
  const auto is_later = [&](const Backup& backup) {
    return backup.at.time_since_epoch() + age > now_.time_since_epoch();
  };
  while (!node.backups.empty() && is_later(node.backups.back())) node.backups.pop_back();
  lose_durable(node, node.backups.empty() ? 0 : node.backups.back().records);
}

/// Every record from number `first` on is gone. The tail is so already.
void World::lose_durable(Node& node, std::uint32_t first) {
  if (first >= node.log.records()) return;
  fold(first, node.log.records());
  node.log.for_records_from(first, [&](const RecordView& record) { state_told(node, record); });
  node.log.cut(first);
  forget_lost(node);
  state_lost(node);
}

/// One of the forced records is damaged. Behind the last one nothing is left that would prove it:
/// then the restart takes it for the end of a torn log.
void World::rot(Node& node, std::uint64_t word) {
  const std::uint32_t records = node.log.records();
  if (records == 0) return;
  const auto damaged = static_cast<std::uint32_t>(below(mix(word, rot_stream), records));
  fold(damaged, records);
  const bool is_last = damaged + 1 == records;
  if (is_last) {
    node.log.for_records_from(damaged, [&](const RecordView& record) { state_told(node, record); });
  }
  node.log.rot(damaged);
  if (!is_last) return;
  forget_lost(node);
  state_lost(node);
}

/// As in a power failure: of what a node has on its way on each link, the newest messages never
/// left its buffers. How many is drawn for each link.
void World::lose_sends(const Node& node, std::uint32_t fault, std::uint64_t word) {
  std::vector<QueueEntry> under_way;
  std::vector<QueueEntry> others;
  put_due_messages_back();
  while (!pending_.queue.empty()) {
    const QueueEntry entry = pending_.queue.pop();
    const Slot& slot = pending_.slots[entry.slot()];
    const bool is_sent = slot.type == SlotType::message && slot.from == node.id &&
                         node_at(slot.to).machine != node.machine;
    (is_sent ? under_way : others).push_back(entry);
  }
  const auto receiver = [&](const QueueEntry& entry) { return pending_.slots[entry.slot()].to; };
  std::sort(under_way.begin(), under_way.end(), [&](const QueueEntry& a, const QueueEntry& b) {
    const bool same_link = receiver(a) == receiver(b);
    return same_link ? a.sequence() < b.sequence() : receiver(a).index < receiver(b).index;
  });
  for (std::size_t first = 0, end = 0; first < under_way.size(); first = end) {
    const NodeId to = receiver(under_way[first]);
    while (end < under_way.size() && receiver(under_way[end]) == to) ++end;
    const std::uint64_t of_link = draw(mix(word, sends_stream), node_at(to).key);
    const auto kept = first + static_cast<std::size_t>(below(of_link, end - first + 1));
    others.insert(others.end(), under_way.begin() + static_cast<std::ptrdiff_t>(first),
                  under_way.begin() + static_cast<std::ptrdiff_t>(kept));
    for (std::size_t i = kept; i < end; ++i) {
      faults_.meet_message(fault);
      lose_under_way(node, under_way[i]);
    }
  }
  pending_.queue.clear();
  for (const QueueEntry& entry : others) pending_.queue.push(entry);
}

void World::lose_under_way(const Node& node, const QueueEntry& entry) {
  const Slot& message = pending_.slots[entry.slot()];
  ++counters_.lost;
  --pending_.live;
  fold_event(
      std::uint64_t{11} | std::uint64_t{message.kind} << 8 | std::uint64_t{message.to.index} << 16,
      node.id);
  if (observer_ != nullptr) {
    tell({.type = Observation::Type::vanished,
          .node = node.id,
          .peer = message.to,
          .order = message.order,
          .kind = message.kind,
          .words = message.words.data(),
          .fate = Fate::lost,
          .until = TrueTime{Duration{entry.time}}});
  }
  state_struck(node, message.order);
  pending_.slots.give_back(entry.slot());
}

/// A machine's clock reads what it read at the start of the run.
void World::start_clock_anew(Node& machine) {
  machine.clock_is_lost = false;
  Fault anew;
  anew.jump = -machine.clock.reading(now_).time_since_epoch();
  set_clock(anew, machine);
}

}  // namespace indoubt::sim
