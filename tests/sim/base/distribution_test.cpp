#include "sim/base/distribution.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/random.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::test {
namespace {

using Shape = sim::Distribution::Shape;
using namespace std::chrono_literals;

/// What a sampler gives at the quantile p: the word is p of the largest.
double quantile_ms(const sim::Sampler& sampler, double p) {
  const auto word = static_cast<std::uint64_t>(p * 18446744073709551616.0);
  return static_cast<double>(sampler(word).count()) / 1e6;
}

std::vector<double> sample_ms(const sim::Distribution& distribution, std::size_t count) {
  const sim::Sampler sampler{distribution};
  std::vector<double> all;
  for (std::uint64_t i = 0; i < count; ++i) {
    all.push_back(static_cast<double>(sampler(sim::draw(11, i)).count()) / 1e6);
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<std::int64_t> first_draws(const sim::Distribution& distribution) {
  const sim::Sampler sampler{distribution};
  std::vector<std::int64_t> all;
  for (std::uint64_t i = 0; i < 6; ++i) all.push_back(sampler(sim::draw(7, i)).count());
  return all;
}

}  // namespace

TEST_CASE("distribution: draws are the same on every platform", "[distribution][golden]") {
  using Draws = std::vector<std::int64_t>;
  CHECK(first_draws({Shape::uniform, 2ms, 10ms}) ==
        Draws{4484859, 3001346, 6244594, 8416240, 9749970, 7485225});
  CHECK(first_draws({Shape::exponential, 10ms}) ==
        Draws{3719443, 1337236, 7562453, 16196419, 34656159, 11572583});
  CHECK(first_draws({Shape::lognormal, 8ms, 60ms}) ==
        Draws{5215382, 2955865, 8550048, 16685833, 40140284, 12163019});
  CHECK(first_draws({Shape::pareto, 5ms, 50ms}) ==
        Draws{6021948, 5345740, 7297723, 11237576, 28282812, 8917983});
}

TEST_CASE("distribution: a constant is constant", "[distribution]") {
  const sim::Sampler sampler{sim::Distribution::constant(7ms)};
  CHECK(sampler(0) == 7ms);
  CHECK(sampler(~std::uint64_t{0}) == 7ms);
}

TEST_CASE("distribution: a uniform one has both ends and nothing beyond", "[distribution]") {
  const sim::Sampler sampler{{Shape::uniform, 3ns, 5ns}};
  CHECK(sampler(0) == 3ns);
  CHECK(sampler(~std::uint64_t{0}) == 5ns);
  CHECK(sampler(std::uint64_t{1} << 63) == 4ns);
  CHECK(sim::Sampler{{Shape::uniform, 4ms, 4ms}}(12345) == 4ms);
}

TEST_CASE("distribution: an exponential one has its quantiles", "[distribution]") {
  const sim::Sampler sampler{{Shape::exponential, 10ms}};
  for (const double p : {0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.995}) {
    CHECK(quantile_ms(sampler, p) == Approx(-10 * std::log(1 - p)).epsilon(0.005));
  }
  CHECK(sampler(0) == 0ns);
}

TEST_CASE("distribution: an exponential one has its mean and its tail", "[distribution]") {
  const auto all = sample_ms({Shape::exponential, 10ms}, 400'000);
  double sum = 0;
  for (const double value : all) sum += value;
  CHECK(sum / 400'000 == Approx(10).epsilon(0.01));
  CHECK(all[399'600] == Approx(10 * std::log(1'000)).epsilon(0.06));
  CHECK(all[399'960] == Approx(10 * std::log(10'000)).epsilon(0.1));
  CHECK(all.back() > 100);
  CHECK(all.back() < 250);
}

TEST_CASE("distribution: a lognormal one has its median, its p99 and its shape", "[distribution]") {
  const sim::Sampler sampler{{Shape::lognormal, 8ms, 60ms}};
  CHECK(quantile_ms(sampler, 0.5) == Approx(8).epsilon(0.005));
  CHECK(quantile_ms(sampler, 0.99) == Approx(60).epsilon(0.01));
  CHECK(quantile_ms(sampler, 0.01) == Approx(8 * 8 / 60.0).epsilon(0.01));
  CHECK(quantile_ms(sampler, 0.8413447) == Approx(8 * std::pow(7.5, 1 / 2.326348)).epsilon(0.01));
}

TEST_CASE("distribution: a pareto one has its least value, its p99 and its tail",
          "[distribution]") {
  const sim::Distribution pareto{Shape::pareto, 5ms, 50ms};
  const sim::Sampler sampler{pareto};
  CHECK(sampler(0) == 5ms);
  for (const double p : {0.1, 0.5, 0.9, 0.99}) {
    CHECK(quantile_ms(sampler, p) == Approx(5 * std::pow(1 / (1 - p), 0.5)).epsilon(0.01));
  }
  const auto all = sample_ms(pareto, 400'000);
  CHECK(all[399'600] == Approx(5 * std::sqrt(1'000)).epsilon(0.12));
  CHECK(all[399'960] == Approx(5 * std::sqrt(10'000)).epsilon(0.3));
}

TEST_CASE("distribution: larger words give larger delays, up to the tail", "[distribution]") {
  const auto shape = GENERATE(Shape::uniform, Shape::exponential, Shape::lognormal, Shape::pareto);
  const sim::Sampler sampler{{shape, 5ms, 50ms}};
  sim::Duration last{};
  for (std::uint64_t i = 0; i < 1023 * 64; ++i) {
    const sim::Duration next = sampler(i << 48);
    if (next < last) FAIL("at " << i);
    last = next;
  }
}

TEST_CASE("distribution: extremes neither overflow nor turn around", "[distribution]") {
  CHECK(sim::Sampler{{Shape::lognormal, 5ms, 5ms}}(123) == 5ms);
  CHECK(sim::Sampler{{Shape::pareto, 5ms, 5ms}}(std::uint64_t{1} << 63) == 5ms);
  CHECK(sim::Sampler{{Shape::exponential, 0ms}}(~std::uint64_t{0} / 2) == 0ms);
  const sim::Sampler wide{{Shape::lognormal, 1us, 1h}};
  CHECK(quantile_ms(wide, 0.5) == Approx(0.001).epsilon(0.05));
  CHECK(quantile_ms(wide, 0.99) == Approx(3.6e6).epsilon(0.05));
  const sim::Sampler long_tail{{Shape::pareto, 1us, 1h}};
  CHECK(quantile_ms(long_tail, 0.99) == Approx(3.6e6).epsilon(0.05));
  for (const std::uint64_t word :
       {~std::uint64_t{0}, ~std::uint64_t{0} - 1, ~std::uint64_t{0} << 53}) {
    CHECK(wide(word) >= 0ns);
    CHECK(long_tail(word) >= 1us);
  }
}

TEST_CASE("distributions: a quantile is what so many of 1,000 draws stay below", "[base]") {
  CHECK(sim::quantile(sim::Distribution::constant(5ms), 999) == 5ms);
  CHECK(sim::quantile({Shape::lognormal, 8ms, 60ms}, 990) == 60ms);
  CHECK(sim::quantile({Shape::pareto, 8ms, 60ms}, 990) == 60ms);
  for (const sim::Distribution& distribution : {sim::Distribution{Shape::uniform, 10ms, 20ms},
                                                sim::Distribution{Shape::exponential, 10ms, {}},
                                                sim::Distribution{Shape::lognormal, 8ms, 60ms},
                                                sim::Distribution{Shape::pareto, 8ms, 60ms}}) {
    const std::vector<double> drawn = sample_ms(distribution, 200'000);
    for (const std::uint32_t thousandths : {500u, 990u, 999u}) {
      const double wanted = drawn[drawn.size() / 1000 * thousandths];
      const double found =
          static_cast<double>(sim::quantile(distribution, thousandths).count()) / 1e6;
      CHECK(found == Approx(wanted).epsilon(0.05));
    }
  }
}

}  // namespace indoubt::test
