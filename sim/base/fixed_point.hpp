#pragma once

#include <cstdint>

namespace indoubt::sim::fixed_point {

/// Signed numbers with 32 fractional bits: doubles and libm differ between platforms, these do not.
using Q32 = std::int64_t;
inline constexpr Q32 one = Q32{1} << 32;
inline constexpr Q32 ln_2 = 2'977'044'472;  ///< ln 2

/// a * b / 2^32, rounded towards negative infinity.
Q32 multiply(Q32 a, Q32 b);
/// a / b as Q32. `b` must not be 0.
Q32 divide(std::int64_t a, std::int64_t b);
/// Binary logarithm of `value` > 0, itself a Q32.
Q32 log2(Q32 value);
/// 2 to the power of `exponent`, as Q32; saturates at the largest Q32, 0 when too small.
Q32 exp2(Q32 exponent);
/// `base` * 2^exponent, saturating at 2^62.
std::int64_t scale_exp2(std::int64_t base, Q32 exponent);

}  // namespace indoubt::sim::fixed_point
