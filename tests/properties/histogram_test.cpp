#include "tests/properties/story.hpp"
#include "tests/support/catch.hpp"

// clang-format off: a line of a story is an instant.
namespace indoubt::properties::test {

namespace {

Histogram of(std::initializer_list<std::int64_t> values) {
  Histogram histogram;
  for (const std::int64_t value : values) histogram.add(Duration{value});
  return histogram;
}

}  // namespace

TEST_CASE("histogram: small values are exact", "[properties]") {
  const Histogram histogram = of({1, 2, 3, 4, 100});
  CHECK(histogram.count() == 5);
  CHECK(histogram.max() == 100ns);
  CHECK(histogram.quantile(1, 2) == 3ns);
  CHECK(histogram.quantile(0, 1) == 1ns);
  CHECK(histogram.quantile(4, 5) == 4ns);
  CHECK(histogram.quantile(1, 1) == 100ns);
}

TEST_CASE("histogram: without values everything is 0", "[properties]") {
  CHECK(Histogram{}.quantile(99, 100) == 0ns);
  CHECK(Histogram{}.max() == 0ns);
}

TEST_CASE("histogram: a quantile is at most 1/64 too large", "[properties]") {
  for (std::int64_t value = 1; value < (std::int64_t{1} << 60); value = value * 3 + 1) {
    Histogram histogram = of({value});
    histogram.add(Duration{std::numeric_limits<std::int64_t>::max()});
    const std::int64_t found = histogram.quantile(1, 2).count();
    CHECK(found >= value);
    CHECK(found - value <= value / 64);
  }
}

TEST_CASE("histogram: no value is out of range", "[properties]") {
  const Histogram histogram = of({std::numeric_limits<std::int64_t>::max(), -5, 0});
  CHECK(histogram.quantile(1, 1) == Duration{std::numeric_limits<std::int64_t>::max()});
  CHECK(histogram.quantile(1, 2) == 0ns);
}

TEST_CASE("histogram: merging is adding everything", "[properties]") {
  Histogram left = of({5, 1'000'000, 77});
  left.merge(of({123'456'789, 6}));
  CHECK(left == of({6, 77, 1'000'000, 5, 123'456'789}));
  left.clear();
  CHECK(left == Histogram{});
}

TEST_CASE("histogram: its counts and its maximum are all that there is to it", "[properties]") {
  const Histogram histogram = of({0, 3, 3, 70, 5'000'000});
  CHECK(Histogram::of(histogram.bucket_counts(), histogram.max()) == histogram);
  CHECK(Histogram::of(Histogram{}.bucket_counts(), 0ns) == Histogram{});
}

TEST_CASE("histogram: counts that no values have make none", "[properties]") {
  const std::vector<std::uint64_t> counts = of({3, 70}).bucket_counts();
  CHECK(Histogram::of(counts, 70ns));
  CHECK_FALSE(Histogram::of(counts, 69ns));
  CHECK_FALSE(Histogram::of(counts, 1000ns));
  CHECK_FALSE(Histogram::of(counts, -1ns));
  CHECK_FALSE(Histogram::of(Histogram{}.bucket_counts(), 1ns));
  CHECK_FALSE(Histogram::of({1, 2, 3}, 2ns));
}

}  // namespace indoubt::properties::test
