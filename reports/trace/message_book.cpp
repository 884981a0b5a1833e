#include "reports/trace/message_book.hpp"

#include <algorithm>
#include <utility>

namespace indoubt::reports {
namespace {

using sim::Observation;

MessageEnd end_of(sim::Fate fate) {
  switch (fate) {
    case sim::Fate::travels: return MessageEnd::under_way;
    case sim::Fate::lost: return MessageEnd::lost;
    case sim::Fate::corrupted: return MessageEnd::corrupted;
    case sim::Fate::cut: return MessageEnd::cut;
    case sim::Fate::dropped: return MessageEnd::dropped;
    case sim::Fate::unconnected: return MessageEnd::unconnected;
  }
  return MessageEnd::lost;
}

}  // namespace

MessageBook::Key MessageBook::key_of(const Observation& seen, sim::NodeId from,
                                     sim::NodeId to) const {
  Content content{};
  const std::size_t words = plan_.messages[seen.kind].words;
  if (seen.words != nullptr) std::copy_n(seen.words, words, content.begin());
  return {from.index, to.index, seen.kind, seen.order.index, content};
}

Index MessageBook::add(const Observation& seen, Index step) {
  const sim::KindInfo& info = plan_.messages[seen.kind];
  TraceMessage message;
  message.kind = info.name;
  if (info.text != nullptr && seen.words != nullptr) message.detail = info.text(seen.words);
  message.from = seen.node.index;
  message.to = seen.peer.index;
  message.order = plan_.number_of(seen.order);
  message.sent = seen.time;
  message.sent_by = step;
  trace_.messages.push_back(std::move(message));
  return static_cast<Index>(trace_.messages.size() - 1);
}

void MessageBook::launch(Index index, const Key& key, sim::TrueTime arrives) {
  TraceMessage& message = trace_.messages[index];
  message.arrives = arrives;
  message.is_late = arrives - message.sent > plan_.prompt;
  std::vector<Index>& others = under_way_[key];
  const auto later = [&](sim::TrueTime time, Index other) {
    return time < trace_.messages[other].arrives;
  };
  others.insert(std::upper_bound(others.begin(), others.end(), arrives, later), index);
}

/// Copies are launched before the message itself, so of what arrives at one instant they come
/// first.
Index MessageBook::sent(const Observation& seen, Index step) {
  const Key key = key_of(seen, seen.node, seen.peer);
  const Index index = add(seen, step);
  trace_.messages[index].end = end_of(seen.fate);
  trace_.messages[index].nth =
      ++counts_[{seen.node.index, seen.peer.index, seen.kind, seen.order.index}];
  for (const auto& [fault, occurrence] : strikes_) {
    trace_.messages[index].faults.push_back(fault);
    trace_.faults[fault].occurrences[occurrence].message = index;
  }
  strikes_.clear();
  for (const sim::TrueTime arrives : copies_) {
    const Index copy = add(seen, step);
    trace_.messages[copy].copy_of = index;
    trace_.messages[copy].nth = trace_.messages[index].nth;
    launch(copy, key, arrives);
  }
  copies_.clear();
  if (seen.fate == sim::Fate::travels) launch(index, key, seen.until);
  return index;
}

Index MessageBook::taken(const Observation& seen, MessageEnd end) {
  const auto found = under_way_.find(key_of(seen, seen.peer, seen.node));
  if (found == under_way_.end() || found->second.empty()) return none;
  std::vector<Index>& others = found->second;
  const bool is_turned_away = end == MessageEnd::turned_away;
  const sim::TrueTime arrived = is_turned_away ? seen.until : seen.time;
  // What was in an inbox when its node went down is not what arrives later, and what is turned away
  // is what arrived then, whatever else waits.
  const auto first = std::find_if(others.begin(), others.end(), [&](Index other) {
    if (trace_.messages[other].arrives == arrived) return true;
    return !is_turned_away && trace_.messages[other].end != MessageEnd::forgotten;
  });
  if (first == others.end() || seen.time < trace_.messages[*first].arrives) return none;
  const Index index = *first;
  others.erase(first);
  trace_.messages[index].end = end;
  trace_.messages[index].ended = seen.time;
  return index;
}

void MessageBook::vanished(const Observation& seen) {
  std::vector<Index>& others = under_way_[key_of(seen, seen.node, seen.peer)];
  const auto message = std::find_if(others.begin(), others.end(), [&](Index index) {
    return trace_.messages[index].arrives == seen.until;
  });
  if (message == others.end()) return;
  trace_.messages[*message].end = MessageEnd::lost;
  trace_.messages[*message].arrives = sim::never;
  others.erase(message);
}

/// What arrives at this very instant may come after the crash: then it finds the node down, and
/// `taken` says so.
void MessageBook::crashed(sim::NodeId node, sim::TrueTime at) {
  for (auto& [key, messages] : under_way_) {
    if (std::get<1>(key) != node.index) continue;
    for (const Index index : messages) {
      if (trace_.messages[index].arrives <= at) trace_.messages[index].end = MessageEnd::forgotten;
    }
    std::erase_if(messages, [&](Index index) { return trace_.messages[index].arrives < at; });
  }
}

void MessageBook::finish(sim::TrueTime at) {
  for (TraceMessage& message : trace_.messages) {
    const bool has_arrived = message.end == MessageEnd::under_way && message.arrives <= at;
    if (has_arrived) message.end = MessageEnd::waiting;
  }
}

}  // namespace indoubt::reports
