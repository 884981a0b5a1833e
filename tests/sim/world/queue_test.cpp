#include "sim/world/queue.hpp"

#include <set>
#include <utility>

#include "sim/base/random.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt::sim;

namespace {

/// Delays of one kind of scenario: how far ahead the n-th event is put.
using Delay = std::int64_t (*)(std::uint64_t word);

std::int64_t dense(std::uint64_t word) { return static_cast<std::int64_t>(word % 2000); }
std::int64_t milliseconds(std::uint64_t word) {
  return static_cast<std::int64_t>(1'000'000 + word % 60'000'000);
}
std::int64_t at_once(std::uint64_t word) { return static_cast<std::int64_t>(word % 3); }
std::int64_t at_one_instant(std::uint64_t) { return 0; }
/// Some at once, most of them one microsecond later or two.
std::int64_t bursts(std::uint64_t word) {
  return static_cast<std::int64_t>(word % 5 == 0 ? word % 3 : 1000 + word % 2 * 1000);
}
std::int64_t constant(std::uint64_t) { return 5'000'000; }
std::int64_t with_far_timers(std::uint64_t word) {
  return static_cast<std::int64_t>(word % 3 == 0 ? 10'000'000'000 + word % 7 : word % 50'000);
}

/// Grows the queue to `pending`, holds it there, and drains it, beside an ordered set.
void check_against_set(EventQueue& queue, Delay delay, std::size_t pending) {
  std::set<std::pair<std::int64_t, std::uint64_t>> expected;
  std::int64_t now = 0;
  std::uint64_t sequence = 0;
  const auto push = [&] {
    const auto slot = static_cast<std::uint32_t>(sequence % 1000);
    const TrueTime at{Duration{now + delay(draw(pending, sequence))}};
    const QueueEntry entry = QueueEntry::make(at, sequence++, slot);
    queue.push(entry);
    expected.emplace(entry.time, entry.order);
  };
  const auto pop = [&] {
    const QueueEntry top = queue.top();
    const QueueEntry entry = queue.pop();
    REQUIRE(entry.time == top.time);
    REQUIRE(entry.time == expected.begin()->first);
    REQUIRE(entry.order == expected.begin()->second);
    now = entry.time;
    expected.erase(expected.begin());
    REQUIRE(queue.size() == expected.size());
  };
  while (queue.size() < pending) push();
  for (std::size_t i = 0; i < 3 * pending + 100; ++i) {
    pop();
    const std::uint64_t pushes = i % 7 == 0 ? 2 : i % 7 == 3 ? 0 : 1;
    for (std::uint64_t j = 0; j < pushes || queue.empty(); ++j) push();
  }
  while (!queue.empty()) pop();
}

}  // namespace

TEST_CASE("events leave the queue by time and sequence however many are pending") {
  const Delay delay =
      GENERATE(dense, milliseconds, at_once, at_one_instant, bursts, constant, with_far_timers);
  EventQueue queue;
  for (const std::size_t pending : {1u, 5u, 31u, 40u, 300u, 3000u, 20u}) {
    check_against_set(queue, delay, pending);
    queue.clear();
  }
}

TEST_CASE("a queue that is cleared in the middle starts anew") {
  EventQueue queue;
  for (std::uint64_t i = 0; i < 500; ++i) {
    queue.push(QueueEntry::make(TrueTime{Duration{static_cast<std::int64_t>(i * i)}}, i, 1));
  }
  for (int i = 0; i < 100; ++i) queue.pop();
  queue.clear();
  CHECK(queue.empty());
  CHECK(queue.size() == 0);
  check_against_set(queue, dense, 100);
}

TEST_CASE("a copy of the queue goes on by itself") {
  EventQueue queue;
  for (std::uint64_t i = 0; i < 500; ++i) {
    queue.push(QueueEntry::make(TrueTime{Duration{static_cast<std::int64_t>(i)}}, i, 1));
  }
  EventQueue copy = queue;
  for (int i = 0; i < 250; ++i) queue.pop();
  CHECK(copy.size() == 500);
  CHECK(copy.pop().time == 0);
  CHECK(queue.pop().time == 250);
}
