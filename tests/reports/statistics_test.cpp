#include "reports/compare/statistics.hpp"

#include "tests/support/catch.hpp"

namespace indoubt::reports {

TEST_CASE("wilson: the figures of the textbook", "[compare]") {
  // Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3.
  const auto check = [](std::uint64_t k, std::uint64_t n, double low, double high) {
    const Interval interval = wilson(k, n);
    CHECK(interval.low_ppm / 1e6 == Approx(low).margin(0.0001));
    CHECK(interval.high_ppm / 1e6 == Approx(high).margin(0.0001));
  };
  check(81, 263, 0.2553, 0.3662);
  check(15, 148, 0.0624, 0.1605);
  check(0, 20, 0.0, 0.1611);
  check(1, 29, 0.0061, 0.1718);
}

TEST_CASE("wilson: nothing seen says nothing, and more runs say more", "[compare]") {
  CHECK(wilson(0, 0) == Interval{});
  CHECK(wilson(0, 1000).high_ppm > wilson(0, 10'000).high_ppm);
  CHECK(wilson(0, 1000).low_ppm == 0);
  CHECK(wilson(1000, 1000).high_ppm == 1'000'000);
  CHECK(wilson(1000, 1000).low_ppm < 1'000'000);
}

TEST_CASE("percent: two digits, rounded up, and never nothing for something", "[compare]") {
  CHECK(percent(0) == "0%");
  CHECK(percent(1) == "<0.01%");
  CHECK(percent(3801) == "0.39%");
  CHECK(percent(12'001) == "1.3%");
  CHECK(percent(50'000) == "5%");
  CHECK(percent(123'456) == "13%");
  CHECK(percent(999'999) == "100%");
  CHECK(percent(1'000'000) == "100%");
}

TEST_CASE("mean difference: mean, half-width, and whether it may be chance", "[compare]") {
  CHECK(mean_difference({}).count == 0);
  CHECK(!mean_difference({5.0}).is_clear());
  const MeanDifference clear = mean_difference({1, 2, 3, 2, 1, 2, 3, 2});
  CHECK(clear.mean == Approx(2.0));
  CHECK(clear.half_width == Approx(1.959964 * 0.755929 / 2.828427).epsilon(0.001));
  CHECK(clear.is_clear());
  CHECK(!mean_difference({-3, 3, -2, 2, 1}).is_clear());
}

}  // namespace indoubt::reports
