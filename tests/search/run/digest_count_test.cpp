#include "search/run/digest_count.hpp"

#include <set>

#include "sim/base/random.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt::search;
using indoubt::sim::below;
using indoubt::sim::draw;

TEST_CASE("distinct digests are counted as a set counts them") {
  DigestCount digests;
  std::set<std::uint64_t> expected;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const std::uint64_t digest = i % 5'000 == 17 ? 0 : draw(1, below(draw(2, i), 40'000));
    digests.add(digest);
    expected.insert(digest);
  }
  CHECK(digests.is_exact());
  CHECK(digests.value() == expected.size());
}

TEST_CASE("too many digests to count are estimated, in any order") {
  constexpr std::uint64_t count = 5'000'000;
  DigestCount forwards;
  DigestCount backwards;
  for (std::uint64_t i = 0; i < count; ++i) {
    forwards.add(draw(1, i));
    backwards.add(draw(1, count - 1 - i));
  }
  CHECK_FALSE(forwards.is_exact());
  CHECK(forwards.value() > count - count / 200);
  CHECK(forwards.value() < count + count / 200);
  CHECK(backwards.value() == forwards.value());
}

TEST_CASE("digests that come again do not count, also when their number is estimated") {
  DigestCount digests;
  for (std::uint64_t i = 0; i < 3'000'000; ++i) digests.add(draw(1, i));
  const std::uint64_t once = digests.value();
  for (std::uint64_t i = 0; i < 3'000'000; ++i) digests.add(draw(1, i));
  CHECK(digests.value() == once);
}
