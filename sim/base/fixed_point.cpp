#include "sim/base/fixed_point.hpp"

#include <array>
#include <bit>

namespace indoubt::sim::fixed_point {
namespace {

__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;

constexpr int fraction_bits = 32;
constexpr std::uint64_t one_q62 = std::uint64_t{1} << 62;

/// Square root of a number with 62 fractional bits, by bisection on the bits of the result.
constexpr std::uint64_t sqrt_q62(std::uint64_t value) {
  const UnsignedWide target = static_cast<UnsignedWide>(value) << 62;
  std::uint64_t root = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 62; bit != 0; bit >>= 1) {
    const std::uint64_t candidate = root | bit;
    if (static_cast<UnsignedWide>(candidate) * candidate <= target) root = candidate;
  }
  return root;
}

/// 2^(1/2), 2^(1/4), ..., with 62 fractional bits: the factor of each fractional bit of an
/// exponent.
constexpr std::array<std::uint64_t, fraction_bits> make_roots_of_two() {
  std::array<std::uint64_t, fraction_bits> roots{};
  std::uint64_t root = sqrt_q62(one_q62 << 1);
  for (auto& entry : roots) {
    entry = root;
    root = sqrt_q62(root);
  }
  return roots;
}

constexpr std::array<std::uint64_t, fraction_bits> roots_of_two = make_roots_of_two();

/// 2^fraction for a fraction in [0, 1) with 32 bits; the result has 62 fractional bits.
std::uint64_t exp2_fraction(std::uint32_t fraction) {
  std::uint64_t result = one_q62;
  for (int bit = 0; bit < fraction_bits; ++bit) {
    if ((fraction >> (fraction_bits - 1 - bit) & 1u) == 0) continue;
    const auto factor = roots_of_two[static_cast<std::size_t>(bit)];
    result = static_cast<std::uint64_t>(static_cast<UnsignedWide>(result) * factor >> 62);
  }
  return result;
}

}  // namespace

Q32 multiply(Q32 a, Q32 b) { return static_cast<Q32>(static_cast<Wide>(a) * b >> fraction_bits); }

Q32 divide(std::int64_t a, std::int64_t b) {
  return static_cast<Q32>(static_cast<Wide>(a) * one / b);
}

Q32 log2(Q32 value) {
  const auto bits = static_cast<std::uint64_t>(value);
  const int highest = 63 - std::countl_zero(bits);
  std::uint64_t mantissa = bits << (62 - highest);  // in [1, 2), 62 fractional bits
  Q32 result = static_cast<Q32>(highest - fraction_bits) * one;
  for (int bit = fraction_bits - 1; bit >= 0; --bit) {
    mantissa = static_cast<std::uint64_t>(static_cast<UnsignedWide>(mantissa) * mantissa >> 62);
    if (mantissa < (one_q62 << 1)) continue;
    mantissa >>= 1;
    result += Q32{1} << bit;
  }
  return result;
}

Q32 exp2(Q32 exponent) { return scale_exp2(one, exponent); }

std::int64_t scale_exp2(std::int64_t base, Q32 exponent) {
  constexpr std::int64_t largest = std::int64_t{1} << 62;
  const auto whole = static_cast<int>(exponent >> fraction_bits);
  const std::uint64_t fraction = exp2_fraction(static_cast<std::uint32_t>(exponent));
  if (whole >= 62) return largest;
  if (whole <= -64) return 0;
  const Wide product = static_cast<Wide>(base) * static_cast<Wide>(fraction);  // 62 fraction bits
  const int shift = 62 - whole;                                                // in [1, 125]
  const Wide result = product >> shift;
  return result > largest ? largest : static_cast<std::int64_t>(result);
}

}  // namespace indoubt::sim::fixed_point
