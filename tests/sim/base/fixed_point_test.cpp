#include "sim/base/fixed_point.hpp"

#include <cmath>

#include "tests/support/rapidcheck.hpp"

namespace indoubt::test {
namespace {

using namespace sim::fixed_point;

double value_of(Q32 number) { return static_cast<double>(number) / static_cast<double>(one); }

}  // namespace

TEST_CASE("fixed point: products and quotients", "[fixed-point]") {
  CHECK(multiply(3 * one, one / 2) == one + one / 2);
  CHECK(multiply(-one, one / 2) == -one / 2);
  CHECK(divide(1, 4) == one / 4);
  CHECK(divide(-1, 4) == -one / 4);
  CHECK(divide(10'000'000'000, 5'000'000'000) == 2 * one);
  CHECK(multiply(7, ln_2) == 4);
}

TEST_CASE("fixed point: powers of two are exact", "[fixed-point]") {
  for (int power = -32; power < 31; ++power) {
    const Q32 number = power >= 0 ? one << power : one >> -power;
    CHECK(log2(number) == power * one);
    CHECK(exp2(power * one) == number);
  }
}

TEST_CASE("fixed point: results are the same on every platform", "[fixed-point][golden]") {
  CHECK(log2(3 * one) == 6'807'362'105);
  CHECK(log2(one / 10) == -14'267'572'536);
  CHECK(exp2(one / 2) == 6'074'000'999);
  CHECK(exp2(-one * 3 / 2) == 1'518'500'249);
}

TEST_CASE("fixed point: logarithms and powers agree with the true ones",
          "[fixed-point][property]") {
  rc::prop("log2", [](std::uint64_t bits) {
    const auto number = static_cast<Q32>(bits >> 1);
    RC_PRE(number > 0);
    RC_ASSERT(std::abs(value_of(log2(number)) - std::log2(value_of(number))) < 1e-9);
  });
  rc::prop("exp2", [](std::int32_t exponent) {
    const Q32 number = std::int64_t{exponent} * 8;  // in [-4, 4)
    const double expected = std::exp2(value_of(number));
    RC_ASSERT(std::abs(value_of(exp2(number)) - expected) < 1e-8);
  });
  rc::prop("scale_exp2", [](std::uint32_t base, std::int32_t exponent) {
    const Q32 number = std::int64_t{exponent} * 16;  // in [-8, 8)
    const double expected = base * std::exp2(value_of(number));
    RC_ASSERT(std::abs(static_cast<double>(scale_exp2(base, number)) - expected) <
              1.0 + expected * 1e-8);
  });
}

TEST_CASE("fixed point: what is too large stays at the largest, what is too small is nothing",
          "[fixed-point]") {
  CHECK(scale_exp2(1, 62 * one) == std::int64_t{1} << 62);
  CHECK(scale_exp2(1'000'000'000, 40 * one) == std::int64_t{1} << 62);
  CHECK(scale_exp2(1, 2'000 * one) == std::int64_t{1} << 62);
  CHECK(scale_exp2(1'000, -64 * one) == 0);
  CHECK(scale_exp2(std::int64_t{1} << 62, -70 * one) == 0);
  CHECK(scale_exp2(std::int64_t{1} << 62, -62 * one) == 1);
}

}  // namespace indoubt::test
