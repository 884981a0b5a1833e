#include "reports/compare/statistics.hpp"

#include <string>

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

TEST_CASE("percent: two digits, outwards, and never an end for what is none", "[compare]") {
  CHECK(percent_up(0) == "0%");
  CHECK(percent_up(1) == "0.0001%");
  CHECK(percent_up(101) == "0.02%");
  CHECK(percent_up(3801) == "0.39%");
  CHECK(percent_up(12'001) == "1.3%");
  CHECK(percent_up(50'000) == "5%");
  CHECK(percent_up(123'456) == "13%");
  CHECK(percent_up(998'801) == "99.89%");
  CHECK(percent_up(999'999) == "99.9999%");
  CHECK(percent_up(1'000'000) == "100%");
  CHECK(percent_down(0) == "0%");
  CHECK(percent_down(99) == "0.0099%");
  CHECK(percent_down(3801) == "0.38%");
  CHECK(percent_down(129'999) == "12%");
  CHECK(percent_down(997'299) == "99.72%");
  CHECK(percent_down(999'999) == "99.9999%");
  CHECK(percent_down(1'000'000) == "100%");
}

TEST_CASE("percent: no share comes out inwards or as an end", "[compare]") {
  const auto ppm_of = [](const std::string& text) { return std::stod(text) * 10'000; };
  for (std::uint32_t ppm = 1; ppm < 1'000'000; ppm += ppm < 20'000 || ppm > 980'000 ? 1 : 997) {
    const std::string low = percent_down(ppm);
    const std::string high = percent_up(ppm);
    const bool is_outward = ppm_of(low) <= ppm + 1e-6 && ppm_of(high) >= ppm - 1e-6;
    if (is_outward && low != "0%" && high != "100%") continue;
    FAIL(ppm << " is shown as " << low << " to " << high);
  }
}

TEST_CASE("mean difference: mean, half-width, and whether it may be chance", "[compare]") {
  CHECK(mean_difference({}).count == 0);
  CHECK(!mean_difference({5.0}).is_clear());
  CHECK(!mean_difference({5.0}).half_width);
  const MeanDifference clear = mean_difference({1, 2, 3, 2, 1, 2, 3, 2});
  CHECK(clear.mean == Approx(2.0));
  REQUIRE(clear.half_width);
  CHECK(*clear.half_width == Approx(1.959964 * 0.755929 / 2.828427).epsilon(0.001));
  CHECK(clear.is_clear());
  CHECK(!mean_difference({-3, 3, -2, 2, 1}).is_clear());
}

}  // namespace indoubt::reports
