#include "sim/world/queue.hpp"

#include <algorithm>
#include <bit>

namespace indoubt::sim {
namespace {

constexpr std::size_t reach = 16;

/// Soonest last. A bucket has a few entries as a rule, and equal times come sorted already.
void sort_run(std::vector<QueueEntry>& run) {
  const auto is_later = [](const QueueEntry& a, const QueueEntry& b) { return b.before(a); };
  if (run.size() > 16) {
    if (std::is_sorted(run.begin(), run.end(), is_later)) return;
    return std::sort(run.begin(), run.end(), is_later);
  }
  for (std::size_t i = 1; i < run.size(); ++i) {
    const QueueEntry entry = run[i];
    std::size_t at = i;
    for (; at > 0 && run[at - 1].before(entry); --at) run[at] = run[at - 1];
    run[at] = entry;
  }
}

}  // namespace

/// Insertion into a long run would move half of it. The soonest entry stays the run's last one.
void EventQueue::push_beside_run(const QueueEntry entry) {
  if (entry.before(run_.back())) {
    run_.push_back(entry);
  } else {
    near_.push(entry);
  }
  spread();
}

void EventQueue::take_from_beside_run() {
  if (!run_.empty() && run_.back().before(near_.top())) return;
  run_.push_back(near_.top());
  near_.pop();
}

/// The next bucket with entries, in the wheel or in the heap, becomes the run.
void EventQueue::refill() {
  std::uint64_t bucket = ~std::uint64_t{0};
  if (!wheel_.empty()) bucket = wheel_.first_taken();
  if (!far_.empty()) bucket = std::min(bucket, wheel_.bucket_of(far_.top().time));
  wheel_.take(bucket, [&](const QueueEntry& entry) { run_.push_back(entry); });
  horizon_ = wheel_.start_of(bucket + 1);
  for (; !far_.empty() && far_.top().time < horizon_; far_.pop()) run_.push_back(far_.top());
  if (run_.size() > 1) sort_run(run_);
  if (wheel_.empty() && far_.empty()) return leave_wheel();
  if (run_.size() > most_in_run) spread();
}

/// The run or the heap has grown too long, so the wheel does not fit what is pending. Building a
/// wheel costs a look at every entry, so it is built anew only after a multiple of that many
/// entries were pushed.
void EventQueue::spread() {
  if (horizon_ == no_horizon || pushed_later_ >= 8 * size()) build_wheel();
}

/// A quarter of what is pending says how densely the next events lie: not the far timers, however
/// many, but what has to be taken out soon. The wheel reaches `reach` times as far. Most buckets
/// get one entry or none: sorting costs more than looking for the next bucket, because nobody can
/// predict how it goes.
void EventQueue::build_wheel() {
  scratch_.swap(run_);
  wheel_.for_each([&](const QueueEntry& entry) { scratch_.push_back(entry); });
  for (EntryHeap* heap : {&near_, &far_}) {
    scratch_.insert(scratch_.end(), heap->entries().begin(), heap->entries().end());
    heap->clear();
  }
  const auto soonest =
      std::min_element(scratch_.begin(), scratch_.end(),
                       [](const QueueEntry& a, const QueueEntry& b) { return a.before(b); });
  const std::int64_t start = soonest->time;
  const auto quarter = scratch_.begin() + static_cast<std::ptrdiff_t>(scratch_.size() / 4);
  std::nth_element(scratch_.begin(), quarter, scratch_.end(),
                   [](const QueueEntry& a, const QueueEntry& b) { return a.before(b); });
  const auto buckets = std::max<std::size_t>(64, std::bit_ceil(8 * scratch_.size()));
  const auto bucket = static_cast<std::uint64_t>(quarter->time - start) / (buckets / reach);
  wheel_.start(buckets, static_cast<int>(std::bit_width(bucket)), start);
  const std::uint64_t first = wheel_.bucket_of(start);
  horizon_ = wheel_.start_of(first + 1);
  wheel_.take(first, [](const QueueEntry&) {});
  for (const QueueEntry& entry : scratch_) {
    if (entry.time < horizon_) {
      run_.push_back(entry);
    } else if (wheel_.reaches(entry.time)) {
      wheel_.push(entry);
    } else {
      far_.push(entry);
    }
  }
  scratch_.clear();
  pushed_later_ = 0;
  sort_run(run_);
}

void EventQueue::leave_wheel() {
  wheel_.clear();
  far_.clear();
  horizon_ = no_horizon;
  pushed_later_ = 0;
}

}  // namespace indoubt::sim
