#include "reports/trace/span_book.hpp"

#include <utility>

namespace indoubt::reports {
namespace {

using SpanType = TraceSpan::Type;

}  // namespace

void SpanBook::close(Index span, const Moment& moment) {
  trace_.spans[span].ends = moment.at;
  trace_.spans[span].ended_by = moment.step;
}

/// What is open under the key ends, and what `opens` says begins.
void SpanBook::change(const Moment& moment, const Key& key, const TraceSpan* opens) {
  Change change{moment.record, key, none, none};
  if (opens == nullptr && !open_.contains(key)) return;
  if (const auto found = open_.find(key); found != open_.end()) {
    change.closed = found->second;
    close(found->second, moment);
    open_.erase(found);
  }
  if (opens != nullptr) {
    TraceSpan span = *opens;
    span.node = moment.node;
    span.begins = moment.at;
    span.begun_by = moment.step;
    change.opened = static_cast<Index>(trace_.spans.size());
    open_[key] = change.opened;
    trace_.spans.push_back(std::move(span));
  }
  if (moment.record != none) logs_[moment.node].push_back(change);
}

void SpanBook::begin(SpanType type, const Moment& moment) {
  const Key key{moment.node, type, 0};
  if (open_.contains(key)) return;
  const TraceSpan span{.type = type};
  change(moment, key, &span);
}

void SpanBook::end(SpanType type, const Moment& moment) {
  change(moment, {moment.node, type, 0}, nullptr);
}

void SpanBook::set_unit(const Moment& moment, SpanType type, std::uint32_t unit, TraceSpan span) {
  span.type = type;
  end_lock_of(moment, unit, span.order);
  change(moment, {moment.node, SpanType::held, unit}, &span);
}

/// What a record says of a unit takes the place of what its order had in memory.
void SpanBook::end_lock_of(const Moment& moment, std::uint32_t unit, std::uint32_t order) {
  const auto lock = open_.find({moment.node, SpanType::locked, unit});
  if (lock == open_.end() || trace_.spans[lock->second].order != order) return;
  close(lock->second, moment);
  open_.erase(lock);
}

void SpanBook::free_unit(const Moment& moment, std::uint32_t unit, std::uint32_t order) {
  end_lock_of(moment, unit, order);
  change(moment, {moment.node, SpanType::held, unit}, nullptr);
}

void SpanBook::set_lock(const Moment& moment, std::uint32_t unit, TraceSpan span) {
  span.type = SpanType::locked;
  change(moment, {moment.node, SpanType::locked, unit}, &span);
}

void SpanBook::free_lock(const Moment& moment, std::uint32_t unit) {
  change(moment, {moment.node, SpanType::locked, unit}, nullptr);
}

void SpanBook::enter_doubt(const Moment& moment, std::uint32_t order) {
  const Key key{moment.node, SpanType::in_doubt, order};
  if (open_.contains(key)) {
    // A vote that left binds even if the record that it followed is lost.
    if (moment.record == none) {
      std::erase_if(logs_[moment.node], [&](const Change& change) { return change.key == key; });
    }
    return;
  }
  const TraceSpan span{.type = SpanType::in_doubt, .order = order};
  change(moment, key, &span);
}

void SpanBook::decide(const Moment& moment, std::uint32_t order) {
  change(moment, {moment.node, SpanType::in_doubt, order}, nullptr);
}

void SpanBook::lost(const Moment& moment, Index record) {
  std::vector<Change>& log = logs_[moment.node];
  while (!log.empty() && log.back().record >= record) {
    take_back(log.back(), moment);
    log.pop_back();
  }
}

void SpanBook::take_back(const Change& change, const Moment& moment) {
  if (const auto found = open_.find(change.key);
      change.opened != none && found != open_.end() && found->second == change.opened) {
    close(change.opened, moment);
    trace_.spans[change.opened].was_lost = true;
    open_.erase(found);
  }
  if (change.closed == none || open_.contains(change.key)) return;
  TraceSpan again = trace_.spans[change.closed];
  again.begins = moment.at;
  again.begun_by = moment.step;
  again.ends = sim::never;
  again.ended_by = none;
  open_[change.key] = static_cast<Index>(trace_.spans.size());
  trace_.spans.push_back(std::move(again));
}

void SpanBook::forget_memory(const Moment& moment) {
  for (auto entry = open_.begin(); entry != open_.end();) {
    const auto& [node, type, number] = entry->first;
    const bool is_forgotten =
        node == moment.node &&
        (type == SpanType::locked || type == SpanType::busy || type == SpanType::paused);
    if (!is_forgotten) {
      ++entry;
      continue;
    }
    close(entry->second, moment);
    entry = open_.erase(entry);
  }
}

}  // namespace indoubt::reports
