#include "sim/base/state_hash.hpp"

#include <array>
#include <initializer_list>
#include <set>
#include <tuple>

#include "sim/world/history.hpp"
#include "sim/world/kinds.hpp"
#include "sim/world/tail.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::test {
namespace {

using namespace std::chrono_literals;
using sim::ClockTime;
using sim::Fingerprint;
using sim::StateHash;
using sim::TrueTime;

Fingerprint of(std::initializer_list<std::uint64_t> words) {
  StateHash hash;
  for (const std::uint64_t word : words) hash.add(word);
  return hash.value();
}

template <typename Time>
Fingerprint absolute(Time time) {
  StateHash hash;
  hash.add(time);
  return hash.value();
}

template <typename Time>
Fingerprint at(Time epoch, Time time) {
  StateHash hash;
  hash.measure_from(epoch);
  hash.add(time);
  return hash.value();
}

StateHash member(std::uint64_t word) {
  StateHash hash;
  hash.add(word);
  return hash;
}

Fingerprint of_set(std::initializer_list<std::uint64_t> words) {
  StateHash hash;
  for (const std::uint64_t word : words) hash.add_set(member(word));
  hash.add(7);
  return hash.value();
}

/// Carries a reading, and a word that means nothing.
struct Lent {
  static constexpr std::string_view name = "lent";
  std::int64_t until;
  std::uint64_t note;
  void hash_into(StateHash& hash) const { hash.add(ClockTime{sim::Duration{until}}); }
};
struct Raw {
  static constexpr std::string_view name = "raw";
  std::int64_t until;
};
struct Listed {
  static constexpr std::string_view name = "listed";
  ClockTime until;
  static auto fields(auto& self) {
    auto& [u] = self;
    return std::tie(u);
  }
};
using Things = sim::Kinds<Lent, Raw, Listed>;

template <typename T>
Fingerprint of_content(const T& value, ClockTime now) {
  std::array<std::uint64_t, sim::record_words> words{};
  sim::to_words(value, words.data());
  StateHash hash;
  hash.measure_from(now);
  Things::infos[Things::of<T>()].hash(words.data(), hash);
  return hash.value();
}

Fingerprint of_tail(const sim::PendingTail& tail, ClockTime now = {}) {
  StateHash hash;
  hash.measure_from(now);
  tail.hash_into(hash, Things::infos, Things::infos);
  return hash.value();
}

sim::Effect sent(const std::uint64_t* words) {
  return {.type = sim::EffectType::send,
          .kind = Things::of<Lent>(),
          .to = sim::NodeId{1},
          .order = sim::OrderId{2},
          .handling = 3,
          .index = 1,
          .word_count = 2,
          .words = words};
}

}  // namespace

TEST_CASE("state hash: words, their order and the seed count", "[hash]") {
  CHECK(of({1, 2}) == of({1, 2}));
  CHECK_FALSE(of({1, 2}) == of({2, 1}));
  CHECK_FALSE(of({1}) == of({1, 0}));
  CHECK_FALSE(of({}) == of({0}));
  CHECK_FALSE(StateHash{1}.value() == StateHash{2}.value());
}

TEST_CASE("state hash: each lane tells many words apart", "[hash]") {
  std::set<std::uint64_t> high;
  std::set<std::uint64_t> low;
  std::set<std::uint64_t> both;
  for (std::uint64_t word = 0; word < 1000; ++word) {
    const Fingerprint value = of({word});
    high.insert(value.high);
    low.insert(value.low);
    both.insert(value.high ^ value.low);
  }
  CHECK(high.size() == 1000);
  CHECK(low.size() == 1000);
  CHECK(both.size() == 1000);
}

TEST_CASE("state hash: the order of a set does not count, its members and number do", "[hash]") {
  CHECK(of_set({1, 2, 3}) == of_set({3, 1, 2}));
  CHECK_FALSE(of_set({1, 2, 3}) == of_set({1, 2, 4}));
  CHECK_FALSE(of_set({1, 1, 2}) == of_set({1, 2}));
  CHECK_FALSE(of_set({0}) == of_set({}));
  StateHash open;
  open.add_set(member(1));
  CHECK_FALSE(open.value() == StateHash{}.value());
  StateHash two;  // two sets of one are not one of two
  two.add_set(member(1));
  two.add(7);
  two.add_set(member(2));
  two.add(7);
  CHECK_FALSE(two.value() == of_set({1, 2}));
}

TEST_CASE("state hash: from an epoch on, times count by how far ahead they are", "[hash]") {
  CHECK(at(TrueTime{1s}, TrueTime{3s}) == at(TrueTime{2s}, TrueTime{4s}));
  CHECK_FALSE(at(TrueTime{1s}, TrueTime{3s}) == at(TrueTime{1s}, TrueTime{4s}));
  CHECK(at(ClockTime{1s}, ClockTime{3s}) == at(ClockTime{2s}, ClockTime{4s}));
  // What is over is all alike, the present included.
  CHECK(at(TrueTime{5s}, TrueTime{3s}) == at(TrueTime{5s}, TrueTime{4s}));
  CHECK(at(TrueTime{5s}, TrueTime{3s}) == at(TrueTime{5s}, TrueTime{5s}));
  CHECK_FALSE(at(TrueTime{5s}, TrueTime{5s}) == at(TrueTime{5s}, TrueTime{5s + 1ns}));
  // What never comes stays so.
  CHECK(at(TrueTime{1s}, sim::never) == at(TrueTime{2s}, sim::never));
  CHECK(at(ClockTime{1s}, sim::no_expiry) == at(ClockTime{2s}, sim::no_expiry));
  CHECK_FALSE(at(ClockTime{1s}, sim::no_expiry) == at(ClockTime{1s}, ClockTime{2s}));
  CHECK_FALSE(at(ClockTime{1s}, sim::no_expiry) == at(ClockTime{1s}, ClockTime{}));
}

TEST_CASE("state hash: each time line has its own epoch, and none at first", "[hash]") {
  CHECK_FALSE(absolute(TrueTime{1s}) == absolute(TrueTime{2s}));
  StateHash hash;
  hash.measure_from(TrueTime{9s});
  hash.add(ClockTime{1s});
  CHECK(hash.value() == absolute(ClockTime{1s}));
}

TEST_CASE("state hash: without times, only whether there is one counts", "[hash]") {
  const auto whether = [](TrueTime time) {
    StateHash hash;
    hash.ignore_times(true);
    hash.add(time);
    hash.add_age(ClockTime{time.time_since_epoch() / 2});
    return hash.value();
  };
  CHECK(whether(TrueTime{1s}) == whether(TrueTime{2s}));
  CHECK_FALSE(whether(TrueTime{1s}) == whether(sim::never));
}

TEST_CASE("state hash: an age counts however old it is", "[hash]") {
  const auto age = [](ClockTime now, ClockTime time) {
    StateHash hash;
    hash.measure_from(now);
    hash.add_age(time);
    return hash.value();
  };
  CHECK(age(ClockTime{5s}, ClockTime{3s}) == age(ClockTime{6s}, ClockTime{4s}));
  CHECK_FALSE(age(ClockTime{5s}, ClockTime{3s}) == age(ClockTime{5s}, ClockTime{4s}));
}

TEST_CASE("state hash: a member takes times as the whole does", "[hash]") {
  StateHash whole;
  whole.measure_from(TrueTime{1s});
  whole.measure_from(ClockTime{2s});
  StateHash member = whole.member();
  member.add(TrueTime{3s});
  member.add(ClockTime{3s});
  whole.add(TrueTime{3s});
  whole.add(ClockTime{3s});
  CHECK(member.value() == whole.value());
}

TEST_CASE("state hash: content by its type's account, by its fields, or by its words", "[hash]") {
  const sim::ClockTime early{1s};
  const sim::ClockTime late{2s};
  const auto ns = [](ClockTime time) { return time.time_since_epoch().count(); };
  CHECK(of_content(Lent{ns(early + 5s), 1}, early) == of_content(Lent{ns(late + 5s), 2}, late));
  CHECK_FALSE(of_content(Lent{ns(early + 5s), 1}, early) ==
              of_content(Lent{ns(early + 6s), 1}, early));
  CHECK(of_content(Listed{early + 5s}, early) == of_content(Listed{late + 5s}, late));
  CHECK_FALSE(of_content(Raw{ns(early + 5s)}, early) == of_content(Raw{ns(late + 5s)}, late));
}

TEST_CASE("state hash: of a tail, what waits and not which handling wanted it", "[hash]") {
  const std::array<std::uint64_t, 2> words{5, 6};
  sim::PendingTail plain;
  plain.push(sent(words.data()));
  const Fingerprint one = of_tail(plain);

  sim::PendingTail other;
  sim::Effect effect = sent(words.data());
  SECTION("later in the run") {
    effect.handling = 9;
    effect.index = 2;
    other.push(sent(words.data()));
    std::array<std::uint64_t, sim::record_words> room{};
    other.push(effect);
    (void)other.pop(room);
    CHECK(of_tail(other) == one);
  }
  SECTION("something else") {
    const std::array<std::uint64_t, 2> more{7, 6};
    SECTION("type") { effect.type = sim::EffectType::append; }
    SECTION("receiver") { effect.to = sim::NodeId{2}; }
    SECTION("order") { effect.order = sim::OrderId{3}; }
    SECTION("content") { effect.words = more.data(); }
    SECTION("kind") { effect.kind = Things::of<Raw>(); }
    SECTION("how long a timer waits") {
      plain.clear();
      effect = {.type = sim::EffectType::arm, .after = 1s};
      plain.push(effect);
      effect.after = 2s;
      other.push(effect);
      CHECK_FALSE(of_tail(plain) == of_tail(other));
      other.clear();
    }
    other.push(effect);
    CHECK_FALSE(of_tail(other) == one);
  }
  SECTION("twice") {
    other.push(effect);
    other.push(effect);
    CHECK_FALSE(of_tail(other) == one);
  }
}

}  // namespace indoubt::test
