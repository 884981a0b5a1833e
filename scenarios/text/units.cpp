#include "scenarios/text/units.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "scenarios/text/decimal.hpp"
#include "scenarios/text/suggest.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {
namespace {

using sim::TimeUnit;

/// What people write instead.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> other_spellings{{
    {"sec", "s"},
    {"secs", "s"},
    {"second", "s"},
    {"seconds", "s"},
    {"S", "s"},
    {"msec", "ms"},
    {"MS", "ms"},
    {"\xc2\xb5s", "us"},
    {"\xce\xbcs", "us"},
    {"usec", "us"},
    {"min", "m"},
    {"mins", "m"},
    {"hr", "h"},
    {"hours", "h"},
}};

template <typename T>
Parsed<T> problem(std::string text, std::string suggestion = {}) {
  return {std::nullopt, std::move(text), std::move(suggestion)};
}

/// The number in front, without a blank between it and the unit.
struct Quantity {
  std::string_view number;
  std::string_view unit;
};

Quantity split(std::string_view text) {
  const std::size_t end = std::min(text.find_first_not_of("-+.0123456789"), text.size());
  return {text.substr(0, end), text.substr(end)};
}

std::string usual_unit(std::string_view name) {
  while (name.starts_with(' ')) name.remove_prefix(1);
  while (name.ends_with(' ')) name.remove_suffix(1);
  for (const TimeUnit& unit : sim::time_units) {
    if (unit.name == name) return std::string{name};
  }
  for (const auto& [spelling, unit] : other_spellings) {
    if (spelling == name) return std::string{unit};
  }
  return {};
}

template <typename T>
Parsed<T> wrong_unit(Quantity quantity) {
  const std::string number{quantity.number};
  if (quantity.unit.empty()) {
    return problem<T>("a duration needs a unit (ns, us, ms, s, m or h)", number + "ms");
  }
  const std::string usual = usual_unit(quantity.unit);
  return problem<T>("unknown unit " + in_quotes(quantity.unit) + " (known: ns, us, ms, s, m, h)",
                    usual.empty() ? std::string{} : number + usual);
}

const TimeUnit* find_unit(std::string_view name) {
  const auto found = std::find_if(sim::time_units.begin(), sim::time_units.end(),
                                  [&](const TimeUnit& unit) { return unit.name == name; });
  return found == sim::time_units.end() ? nullptr : &*found;
}

}  // namespace

Parsed<sim::Duration> parse_duration(std::string_view text) {
  using Result = sim::Duration;
  const Quantity quantity = split(text);
  const std::optional<Decimal> number = parse_decimal(quantity.number);
  if (!number) return problem<Result>(in_quotes(text) + " is not a duration such as \"150ms\"");
  const TimeUnit* unit = find_unit(quantity.unit);
  if (unit == nullptr) return wrong_unit<Result>(quantity);
  const Scaled scaled = scale(*number, unit->nanoseconds);
  if (scaled.fit == Scaled::Fit::rounded) {
    return problem<Result>(in_quotes(text) + " is not a whole number of nanoseconds");
  }
  const Result duration{scaled.value};
  const bool is_long = duration > longest_duration || duration < -longest_duration;
  if (scaled.fit == Scaled::Fit::too_large || is_long) {
    return problem<Result>(in_quotes(text) + " is longer than 100 years");
  }
  return {duration, {}, {}};
}

Parsed<sim::Duration> parse_rate(std::string_view text) {
  using Result = sim::Duration;
  const std::size_t slash = text.find('/');
  const std::optional<Decimal> number = parse_decimal(text.substr(0, slash));
  if (!number) return problem<Result>(in_quotes(text) + " is not a rate such as \"20/s\"");
  if (slash == std::string_view::npos) {
    return problem<Result>("a rate says per what", std::string{text} + "/s");
  }
  const std::string_view name = text.substr(slash + 1);
  const TimeUnit* unit = find_unit(name);
  if (unit == nullptr) {
    const std::string usual = usual_unit(name);
    return problem<Result>("unknown unit " + in_quotes(name) + " (known: ns, us, ms, s, m, h)",
                           usual.empty() ? usual : std::string{text.substr(0, slash + 1)} + usual);
  }
  // A billionth of an event is the finest that counts; the quotient is rounded to nanoseconds.
  const Scaled per_unit = scale(*number, 1'000'000'000);
  if (number->is_zero() || number->is_negative || per_unit.value == 0) {
    return problem<Result>("a rate must be greater than 0");
  }
  __extension__ using Wide = __int128;
  const Wide mean = static_cast<Wide>(unit->nanoseconds) * 1'000'000'000 / per_unit.value;
  if (per_unit.fit == Scaled::Fit::too_large || mean < 1) {
    return problem<Result>("a rate may be at most one per nanosecond");
  }
  if (mean > longest_duration.count()) {
    return problem<Result>("a rate must be at least one per 100 years");
  }
  return {Result{static_cast<std::int64_t>(mean)}, {}, {}};
}

Parsed<std::int64_t> parse_throughput(std::string_view text) {
  using Result = std::int64_t;
  constexpr std::int64_t most = 1'000'000'000;
  const std::size_t slash = text.find('/');
  const std::optional<Decimal> number = parse_decimal(text.substr(0, slash));
  if (!number || number->is_negative) {
    return problem<Result>(in_quotes(text) + " is not a number in a second such as \"12.5/s\"");
  }
  if (slash == std::string_view::npos || text.substr(slash + 1) != "s") {
    return problem<Result>("it is a number in a second", std::string{text.substr(0, slash)} + "/s");
  }
  const Scaled thousandths = scale(*number, 1000);
  if (thousandths.fit == Scaled::Fit::too_large || thousandths.value > 1000 * most) {
    return problem<Result>(in_quotes(text) + " is more than one in a nanosecond");
  }
  if (thousandths.fit == Scaled::Fit::rounded) {
    return problem<Result>(in_quotes(text) + " is not a whole number of thousandths");
  }
  return {thousandths.value, {}, {}};
}

Parsed<std::int64_t> parse_drift(std::string_view text) {
  using Result = std::int64_t;
  const Quantity quantity = split(text);
  const std::optional<Decimal> number = parse_decimal(quantity.number);
  if (!number) return problem<Result>(in_quotes(text) + " is not a drift such as \"200ppm\"");
  if (quantity.unit != "ppm") {
    return problem<Result>("a drift is stated in parts per million",
                           std::string{quantity.number} + "ppm");
  }
  const Scaled scaled = scale(*number, 1'000);
  if (scaled.fit == Scaled::Fit::rounded) {
    return problem<Result>("a drift is a whole number of thousandths of a ppm");
  }
  constexpr Result most = 900'000'000;
  if (scaled.fit == Scaled::Fit::too_large || scaled.value > most || scaled.value < -most) {
    return problem<Result>("a drift is between -900000ppm and 900000ppm");
  }
  return {scaled.value, {}, {}};
}

Parsed<sim::Probability> parse_probability(std::string_view spelling) {
  using Result = sim::Probability;
  constexpr std::int64_t one = 1'000'000'000;
  const std::optional<Decimal> number = parse_decimal(spelling);
  if (!number) return problem<Result>("a probability has at most 18 digits");
  const Scaled scaled = scale(*number, one);
  const bool is_above_one = scaled.fit == Scaled::Fit::too_large || scaled.value > one;
  if (is_above_one || (number->is_negative && !number->is_zero())) {
    return problem<Result>("a probability is between 0 and 1, not " + std::string{spelling});
  }
  if (scaled.value == 0 && !number->is_zero()) {
    return problem<Result>("a probability is 0 or at least one in a billion");
  }
  return {Result{static_cast<std::uint32_t>(scaled.value)}, {}, {}};
}

std::string roughly(sim::Duration duration) {
  std::int64_t step = 1;
  while (duration.count() / step >= 10'000) step *= 10;
  return sim::to_text(sim::Duration{(duration.count() + step - 1) / step * step});
}

std::string throughput_text(std::int64_t thousandths_per_second) {
  return decimal_text(thousandths_per_second, 3) + "/s";
}

std::string drift_text(std::int64_t parts_per_billion) {
  return decimal_text(parts_per_billion, 3) + "ppm";
}

std::string probability_text(sim::Probability probability) {
  return decimal_text(probability.parts_per_billion, 9);
}

}  // namespace indoubt::scenarios
