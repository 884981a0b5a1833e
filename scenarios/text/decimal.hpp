#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace indoubt::scenarios {

/// A number as it is spelled: `digits` x 10^`exponent`, without trailing zeros. Exact, unlike a
/// double.
struct Decimal {
  bool is_negative = false;
  std::uint64_t digits = 0;
  std::int64_t exponent = 0;

  bool is_zero() const { return digits == 0; }
};

/// Reads "12", "-0.5", "1e-3". Nothing if the text is no number, or has more than 18 digits that
/// count.
std::optional<Decimal> parse_decimal(std::string_view text);

/// How a decimal times a unit fits into 64 bits.
struct Scaled {
  enum class Fit : std::uint8_t { exact, rounded, too_large };
  Fit fit = Fit::exact;
  std::int64_t value = 0;  ///< nearest whole number, with sign
};

Scaled scale(const Decimal& decimal, std::int64_t unit);

/// `value / 10^places` without trailing zeros.
std::string decimal_text(std::int64_t value, unsigned places);

}  // namespace indoubt::scenarios
