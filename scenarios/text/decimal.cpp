#include "scenarios/text/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace indoubt::scenarios {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::size_t most_digits = 18;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// Takes the digits at the front of `text`.
std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

/// Reads "e-3" at the front of `text`. An exponent beyond all use is cut to one that still is.
std::optional<std::int64_t> take_exponent(std::string_view& text) {
  if (text.empty() || (text.front() != 'e' && text.front() != 'E')) return 0;
  text.remove_prefix(1);
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  const std::string_view digits = take_digits(text);
  if (digits.empty()) return std::nullopt;
  std::int64_t exponent = 0;
  for (const char digit : digits) {
    exponent = std::min<std::int64_t>(exponent * 10 + (digit - '0'), 1'000'000'000);
  }
  return is_negative ? -exponent : exponent;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
  Decimal result;
  result.is_negative = text.starts_with('-');
  if (result.is_negative) text.remove_prefix(1);
  const std::string_view whole = take_digits(text);
  if (whole.empty()) return std::nullopt;
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = take_digits(text);
    if (fraction.empty()) return std::nullopt;
  }
  const std::optional<std::int64_t> exponent = take_exponent(text);
  if (!exponent || !text.empty()) return std::nullopt;

  std::string digits = std::string{whole} + std::string{fraction};
  result.exponent = *exponent - static_cast<std::int64_t>(fraction.size());
  const std::size_t last = digits.find_last_not_of('0');
  if (last == std::string::npos) return Decimal{result.is_negative, 0, 0};
  result.exponent += static_cast<std::int64_t>(digits.size() - last - 1);
  digits.erase(last + 1);
  digits.erase(0, digits.find_first_not_of('0'));
  if (digits.size() > most_digits) return std::nullopt;
  std::from_chars(digits.data(), digits.data() + digits.size(), result.digits);
  return result;
}

Scaled scale(const Decimal& decimal, std::int64_t unit) {
  if (decimal.is_zero()) return {};
  constexpr auto largest = static_cast<Wide>(std::numeric_limits<std::int64_t>::max());
  Wide value = static_cast<Wide>(decimal.digits) * static_cast<Wide>(unit);
  for (std::int64_t i = 0; i < decimal.exponent && value <= largest; ++i) value *= 10;
  Scaled result;
  // 38 divisions by ten bring every 128-bit number to 0.
  for (std::int64_t i = 0; i < std::min<std::int64_t>(-decimal.exponent, 40); ++i) {
    if (value % 10 != 0) result.fit = Scaled::Fit::rounded;
    const bool is_last = i + 1 == -decimal.exponent;
    value = (value + (is_last ? 5 : 0)) / 10;
  }
  if (value > largest) return {Scaled::Fit::too_large, 0};
  result.value = static_cast<std::int64_t>(value);
  if (decimal.is_negative) result.value = -result.value;
  return result;
}

std::string decimal_text(std::int64_t value, unsigned places) {
  const auto magnitude = value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                                   : static_cast<std::uint64_t>(value);
  std::string text = std::to_string(magnitude);
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  text.insert(text.size() - places, ".");
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return (value < 0 ? "-" : "") + text;
}

}  // namespace indoubt::scenarios
