#include "sim/world/queue.hpp"

#include <algorithm>
#include <vector>

#include "sim/base/random.hpp"
#include "tests/support/toy_world.hpp"
#include "tests/support/rapidcheck.hpp"

namespace indoubt::test {
namespace {

/// What a queue should be.
class Reference {
 public:
  void push(const sim::QueueEntry& entry) {
    entries_.insert(std::upper_bound(entries_.begin(), entries_.end(), entry,
                                     [](const auto& a, const auto& b) { return b.before(a); }),
                    entry);
  }
  sim::QueueEntry pop() {
    const sim::QueueEntry least = entries_.back();
    entries_.pop_back();
    return least;
  }
  std::size_t size() const { return entries_.size(); }

 private:
  std::vector<sim::QueueEntry> entries_;  ///< soonest last
};

bool same(const sim::QueueEntry& a, const sim::QueueEntry& b) {
  return a.time == b.time && a.order == b.order;
}

}  // namespace

TEST_CASE("queue: entries leave by time, and in the order of their sequence at one time", "[queue]") {
  sim::EventQueue queue;
  queue.push(sim::QueueEntry::make(at(5ms), 2, 7));
  queue.push(sim::QueueEntry::make(at(5ms), 1, 9));
  queue.push(sim::QueueEntry::make(at(4ms), 3, 1));
  CHECK(queue.size() == 3);
  CHECK(queue.pop().slot() == 1);
  CHECK(queue.pop().slot() == 9);
  CHECK(queue.top().slot() == 7);
  CHECK(queue.pop().slot() == 7);
  CHECK(queue.empty());
}

TEST_CASE("queue: an entry keeps its time, its sequence and its slot", "[queue]") {
  const auto entry = sim::QueueEntry::make(at(1h), (std::uint64_t{1} << 38) - 1, sim::QueueEntry::slot_mask);
  CHECK(entry.slot() == sim::QueueEntry::slot_mask);
  CHECK(entry.order >> sim::QueueEntry::slot_bits == (std::uint64_t{1} << 38) - 1);
  CHECK(entry.time == 3'600'000'000'000);
}

TEST_CASE("queue: a push after a pop takes the place of what left", "[queue]") {
  sim::EventQueue queue;
  for (std::uint32_t i = 0; i < 10; ++i) queue.push(sim::QueueEntry::make(at(i * 1ms), i, i));
  CHECK(queue.pop().slot() == 0);
  CHECK(queue.size() == 9);
  queue.push(sim::QueueEntry::make(at(4500us), 10, 10));
  CHECK(queue.size() == 10);
  std::vector<std::uint32_t> slots;
  while (!queue.empty()) slots.push_back(queue.pop().slot());
  CHECK(slots == std::vector<std::uint32_t>{1, 2, 3, 4, 10, 5, 6, 7, 8, 9});
}

TEST_CASE("queue: it is empty after its last entry left, also to push into", "[queue]") {
  sim::EventQueue queue;
  queue.push(sim::QueueEntry::make(at(1ms), 0, 0));
  queue.pop();
  CHECK(queue.empty());
  CHECK(queue.size() == 0);
  queue.push(sim::QueueEntry::make(at(2ms), 1, 5));
  CHECK(queue.top().slot() == 5);
  queue.pop();
  queue.clear();
  CHECK(queue.empty());
}

TEST_CASE("queue: any sequence of pushes and pops gives what a sorted list gives", "[queue][property]") {
  rc::prop("small times, so that many are equal", [](const std::vector<std::uint8_t>& moves) {
    sim::EventQueue queue;
    Reference reference;
    std::uint64_t sequence = 0;
    for (const std::uint8_t move : moves) {
      if (move % 3 == 0 && reference.size() != 0) {
        RC_ASSERT(same(queue.pop(), reference.pop()));
      } else {
        const auto entry = sim::QueueEntry::make(at(move / 16 * 1ms), sequence, move);
        ++sequence;
        queue.push(entry);
        reference.push(entry);
      }
      RC_ASSERT(queue.size() == reference.size());
    }
    while (reference.size() != 0) RC_ASSERT(same(queue.pop(), reference.pop()));
    RC_ASSERT(queue.empty());
  });
}

TEST_CASE("queue: a long run of pushes and pops stays in order", "[queue]") {
  sim::EventQueue queue;
  Reference reference;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const std::uint64_t word = sim::draw(7, i);
    if (word % 5 < 2 && reference.size() != 0) {
      if (!same(queue.pop(), reference.pop())) FAIL("at move " << i);
    } else {
      const auto time = static_cast<std::int64_t>(sim::below(word, 1'000));
      const auto entry = sim::QueueEntry::make(at(sim::Duration{time}), i, static_cast<std::uint32_t>(i));
      queue.push(entry);
      reference.push(entry);
      if (reference.size() > 500) {
        while (reference.size() > 400) {
          if (!same(queue.pop(), reference.pop())) FAIL("at move " << i);
        }
      }
    }
  }
}

}  // namespace indoubt::test
