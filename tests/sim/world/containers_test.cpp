#include <map>

#include "sim/world/counters.hpp"
#include "sim/world/slots.hpp"
#include "sim/world/tail.hpp"
#include "tests/support/rapidcheck.hpp"

namespace indoubt::test {
namespace {

sim::Effect effect_of(std::uint64_t number,
                      const std::array<std::uint64_t, sim::record_words>& words) {
  sim::Effect effect;
  effect.type = static_cast<sim::EffectType>(number % 6);
  effect.kind = static_cast<sim::Kind>(number);
  effect.to = sim::NodeId{static_cast<std::uint16_t>(number * 3)};
  effect.order = sim::OrderId{static_cast<std::uint32_t>(number * 5)};
  effect.handling = static_cast<std::uint32_t>(number * 7);
  effect.index = static_cast<std::uint16_t>(number * 11);
  effect.word_count = static_cast<std::uint8_t>(number % (sim::record_words + 1));
  effect.after = sim::Duration{static_cast<std::int64_t>(number) - 100};
  effect.words = words.data();
  return effect;
}

}  // namespace

TEST_CASE("tail: effects leave as they came, first in first out", "[tail][property]") {
  rc::prop("any pushes and pops", [](const std::vector<std::uint8_t>& moves) {
    sim::PendingTail tail;
    std::vector<std::uint8_t> waiting;
    for (const std::uint8_t move : moves) {
      if (move % 3 != 0) {
        std::array<std::uint64_t, sim::record_words> words;
        words.fill(move);
        tail.push(effect_of(move, words));
        waiting.push_back(move);
      } else if (!waiting.empty()) {
        std::array<std::uint64_t, sim::record_words> words{};
        const auto front = waiting.front();
        waiting.erase(waiting.begin());
        RC_ASSERT(tail.front().type == static_cast<sim::EffectType>(front % 6));
        RC_ASSERT(tail.front().handling == std::uint32_t{front} * 7);
        RC_ASSERT(tail.front().index == static_cast<std::uint16_t>(front * 11));
        const sim::Effect popped = tail.pop(words);
        std::array<std::uint64_t, sim::record_words> expected;
        expected.fill(front);
        const sim::Effect pushed = effect_of(front, expected);
        RC_ASSERT(popped.type == pushed.type && popped.kind == pushed.kind &&
                  popped.to == pushed.to);
        RC_ASSERT(popped.order == pushed.order && popped.handling == pushed.handling);
        RC_ASSERT(popped.index == pushed.index && popped.after == pushed.after);
        RC_ASSERT(popped.word_count == pushed.word_count);
        RC_ASSERT(std::equal(popped.words, popped.words + popped.word_count, expected.begin()));
      }
      RC_ASSERT(tail.empty() == waiting.empty());
    }
  });
}

TEST_CASE("tail: what counts is what waits, not what left", "[tail]") {
  const std::array<std::uint64_t, sim::record_words> words{};
  std::array<std::uint64_t, sim::record_words> popped{};
  sim::PendingTail one;
  one.push(effect_of(1, words));
  one.push(effect_of(2, words));
  one.pop(popped);
  sim::PendingTail other;
  other.push(effect_of(2, words));
  CHECK(one == other);
  other.push(effect_of(3, words));
  CHECK_FALSE(one == other);
}

TEST_CASE("counters: each key counts by itself, from zero in each run", "[counters][property]") {
  rc::prop("any keys", [](const std::vector<std::uint16_t>& keys,
                          const std::vector<std::uint16_t>& later) {
    sim::KeyedCounters counters;
    const auto count_all = [&](const std::vector<std::uint16_t>& all) {
      std::map<std::uint64_t, std::uint32_t> reference;
      for (const std::uint64_t key : all) RC_ASSERT(counters.count(key << 20) == reference[key]++);
    };
    count_all(keys);
    const sim::KeyedCounters copy = counters;
    counters.clear();
    count_all(later);
    counters = copy;
    for (const std::uint64_t key : keys) {
      const auto count = static_cast<std::uint32_t>(std::count(keys.begin(), keys.end(), key));
      RC_ASSERT(sim::KeyedCounters{copy}.count(key << 20) == count);
    }
  });
}

TEST_CASE("counters: many keys, and zero and the largest among them", "[counters]") {
  sim::KeyedCounters counters;
  for (int round = 0; round < 3; ++round) {
    for (std::uint64_t key = 0; key < 5000; ++key) {
      if (counters.count(key * 0x1'0000'0001u) != static_cast<std::uint32_t>(round)) FAIL(key);
    }
    CHECK(counters.count(~std::uint64_t{0}) == static_cast<std::uint32_t>(round));
  }
}

TEST_CASE("counters: a link is counted on beyond what its own counter holds", "[counters]") {
  constexpr sim::NodeId a{0};
  constexpr sim::NodeId b{1};
  sim::LinkCounters links{2, 1};
  for (int run = 0; run < 2; ++run) {
    for (std::uint32_t n = 0; n < 70'000; ++n) {
      if (links.count(a, b, sim::OrderId{0}) != n) FAIL(n);
    }
    CHECK(links.count(a, b, sim::no_order) == 0);
    CHECK(links.count(b, a, sim::OrderId{0}) == 0);
    CHECK(sim::LinkCounters{links}.count(a, b, sim::OrderId{0}) == 70'000);
    links.clear();
  }
}

TEST_CASE("slots: the slot given back last is taken first", "[slots]") {
  sim::SlotPool pool;
  const auto first = pool.take();
  const auto second = pool.take();
  CHECK(first != second);
  pool.give_back(first);
  pool.give_back(second);
  CHECK(pool.take() == second);
  CHECK(pool.take() == first);
  const auto third = pool.take();
  CHECK((third != first && third != second));
  pool.clear();
  CHECK(pool.take() == 0);
}

TEST_CASE("slots: a pool that grows keeps what is in its slots", "[slots]") {
  sim::SlotPool pool;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    const auto slot = pool.take();
    pool[slot].words[5] = i;
    pool[slot].order = sim::OrderId{i};
  }
  for (std::uint32_t i = 0; i < 1000; ++i) {
    if (pool[i].words[5] != i || pool[i].order != sim::OrderId{i}) FAIL(i);
  }
}

}  // namespace indoubt::test
