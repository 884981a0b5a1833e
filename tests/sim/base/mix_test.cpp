#include "sim/base/mix.hpp"

#include <array>
#include <bit>
#include <set>

#include "sim/base/random.hpp"
#include "tests/support/rapidcheck.hpp"

namespace indoubt::test {

TEST_CASE("mix: hashes are the same on every platform", "[mix][golden]") {
  CHECK(sim::multiply_fold(0x1234'5678'9abc'def0u, 0xfedc'ba98'7654'3210u) ==
        0x3172'28f4'8165'bb22u);
  CHECK(sim::multiply_fold(~std::uint64_t{0}, ~std::uint64_t{0}) == ~std::uint64_t{0});
  CHECK(sim::mix(0, 0) == 0x0850'f979'4d51'08b4u);
  CHECK(sim::mix(1, 2) == 0xede2'6bbd'ec18'29b7u);
  CHECK(sim::mix(2, 1) == 0x38a0'6553'0373'26d3u);
  CHECK(sim::hash_name("") == 0xa405'2be8'678c'60dfu);
  CHECK(sim::hash_name("store") == 0x7ca5'5f85'ae10'8959u);
  CHECK(sim::hash_name("orders") == 0x3391'6be5'4ddb'8eb2u);
  CHECK(sim::hash_name("acceptor") == 0x8c8a'486f'f483'8903u);
  CHECK(sim::hash_name("coordinator") == 0x27d8'4cd9'b856'8a5au);
}

TEST_CASE("mix: hashes of content are the same on every platform", "[mix][golden]") {
  const std::array<std::uint64_t, 5> words{1, 2, 3, 4, 5};
  CHECK(sim::hash_content(words.data(), 0) == 0);
  CHECK(sim::hash_content(words.data(), 1) == 0x38f9'4c43'9ac3'6242u);
  CHECK(sim::hash_content(words.data(), 4) == 0x0a9a'5ac0'6000'53b5u);
  CHECK(sim::hash_content(words.data(), 5) == 0x9cbe'cd39'3dba'13c9u);
}

TEST_CASE("mix: hashes of content depend on each word and on their order", "[mix]") {
  const std::array<std::uint64_t, 5> words{1, 2, 3, 4, 5};
  for (std::size_t count = 1; count <= 5; ++count) {
    std::set<std::uint64_t> seen{sim::hash_content(words.data(), count)};
    for (std::size_t changed = 0; changed < count; ++changed) {
      for (int bit = 0; bit < 64; ++bit) {
        auto other = words;
        other[changed] ^= std::uint64_t{1} << bit;
        if (!seen.insert(sim::hash_content(other.data(), count)).second)
          FAIL(count << changed << bit);
      }
      for (std::size_t i = 0; i < changed; ++i) {
        auto other = words;
        std::swap(other[i], other[changed]);
        if (!seen.insert(sim::hash_content(other.data(), count)).second)
          FAIL(count << changed << i);
      }
    }
  }
}

TEST_CASE("draw: words are the same on every platform", "[draw][golden]") {
  CHECK(sim::draw(42, 0) == 0xfd6a'fdef'61a4'194du);
  CHECK(sim::draw(42, 1) == 0x2f7d'b2c5'840b'7711u);
  CHECK(sim::draw(42, 2) == 0xaa73'7bd3'09b1'458fu);
  CHECK(sim::draw(42, 3) == 0x09b1'840b'bdb9'c550u);
}

TEST_CASE("draw: each bit is set in half of the words, whichever part of the key changes",
          "[draw]") {
  const bool by_key = GENERATE(true, false);
  std::array<int, 64> ones{};
  constexpr int words = 20'000;
  for (std::uint64_t i = 0; i < words; ++i) {
    const std::uint64_t word = by_key ? sim::draw(i, 5) : sim::draw(5, i);
    for (std::size_t bit = 0; bit < 64; ++bit) ones[bit] += static_cast<int>(word >> bit & 1);
  }
  for (const int count : ones) CHECK(std::abs(count - words / 2) < 400);
}

TEST_CASE("below: numbers are below their bound, and monotone in the word", "[draw][property]") {
  CHECK(sim::below(0, 10) == 0);
  CHECK(sim::below(~std::uint64_t{0}, 10) == 9);
  CHECK(sim::below(~std::uint64_t{0}, 1) == 0);
  CHECK(sim::below(~std::uint64_t{0}, ~std::uint64_t{0}) == ~std::uint64_t{0} - 1);
  CHECK(sim::below(std::uint64_t{1} << 63, 10) == 5);
  rc::prop("any words and bounds",
           [](std::uint64_t word, std::uint64_t other, std::uint64_t bound) {
             RC_PRE(bound > 0);
             RC_ASSERT(sim::below(word, bound) < bound);
             if (word <= other) RC_ASSERT(sim::below(word, bound) <= sim::below(other, bound));
           });
}

TEST_CASE("below: all numbers come up about equally often", "[draw]") {
  std::array<int, 7> counts{};
  for (std::uint64_t i = 0; i < 70'000; ++i) ++counts[sim::below(sim::draw(3, i), 7)];
  for (const int count : counts) CHECK(std::abs(count - 10'000) < 500);
}

TEST_CASE("probability: zero never happens, one always, and others as often as they say",
          "[draw]") {
  constexpr sim::Probability always{1'000'000'000};
  constexpr sim::Probability tenth{100'000'000};
  constexpr sim::Probability least{1};
  CHECK(sim::Probability{}.is_zero());
  CHECK_FALSE(least.is_zero());
  CHECK(always.happens(~std::uint64_t{0}));
  CHECK_FALSE(sim::Probability{}.happens(0));
  CHECK(least.happens(0));
  CHECK_FALSE(least.happens(std::uint64_t{1} << 35));
  int count = 0;
  for (std::uint64_t i = 0; i < 100'000; ++i) count += tenth.happens(sim::draw(1, i)) ? 1 : 0;
  CHECK(count == Approx(10'000).margin(400));
}

}  // namespace indoubt::test
