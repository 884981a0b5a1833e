#include "sim/base/time.hpp"

namespace indoubt::sim {
namespace {

/// `value / unit` as a decimal without trailing zeros. `unit` is a power of ten, or divides
/// `value`.
std::string decimal(std::uint64_t value, std::uint64_t unit) {
  std::string text = std::to_string(value / unit);
  std::uint64_t rest = value % unit;
  if (rest == 0) return text;
  text += '.';
  while (rest != 0) {
    rest *= 10;
    text += static_cast<char>('0' + rest / unit);
    rest %= unit;
  }
  return text;
}

/// Whole hours and minutes are written as such; from seconds down, up to three decimals are.
bool reads_well(std::uint64_t value, std::uint64_t unit) {
  if (value < unit) return false;
  const bool has_decimals = unit <= 1'000'000'000;
  const std::uint64_t step = has_decimals && unit >= 1'000 ? unit / 1'000 : unit;
  return value % step == 0;
}

std::string magnitude_text(std::uint64_t value) {
  if (value == 0) return "0s";
  for (const TimeUnit& unit : time_units) {
    const auto nanoseconds = static_cast<std::uint64_t>(unit.nanoseconds);
    if (reads_well(value, nanoseconds)) return decimal(value, nanoseconds) + std::string{unit.name};
  }
  return decimal(value, 1) + "ns";
}

std::uint64_t magnitude(std::int64_t value) {
  return value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                   : static_cast<std::uint64_t>(value);
}

std::string seconds_text(std::int64_t value) {
  if (value == never.time_since_epoch().count()) return "never";
  const std::uint64_t nanoseconds = magnitude(value);
  std::string fraction = std::to_string(nanoseconds % 1'000'000'000);
  fraction.insert(0, 9 - fraction.size(), '0');
  while (fraction.size() > 3 && fraction.back() == '0') fraction.pop_back();
  return (value < 0 ? "-" : "") + std::to_string(nanoseconds / 1'000'000'000) + "." + fraction +
         "s";
}

}  // namespace

std::string to_text(Duration duration) {
  return (duration.count() < 0 ? "-" : "") + magnitude_text(magnitude(duration.count()));
}

std::string to_text(TrueTime time) { return seconds_text(time.time_since_epoch().count()); }

std::string to_text(ClockTime time) { return seconds_text(time.time_since_epoch().count()); }

}  // namespace indoubt::sim
