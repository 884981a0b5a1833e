#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/random.hpp"
#include "sim/base/time.hpp"

namespace indoubt::scenarios {

/// What a piece of text stands for, or what is wrong with it.
template <typename T>
struct Parsed {
  std::optional<T> value{};
  std::string problem{};     ///< empty if there is a value
  std::string suggestion{};  ///< what was probably meant, or empty
};

/// The longest duration that files may state: 100 years. Sums of two of them do not overflow.
inline constexpr sim::Duration longest_duration = std::chrono::hours{24 * 36525};

/// "150ms", "1.5s", "-800ms". Whole nanoseconds; the caller judges the sign.
Parsed<sim::Duration> parse_duration(std::string_view text);

/// "20/s": the time from one event to the next.
Parsed<sim::Duration> parse_rate(std::string_view text);

/// "12.5/s": how many in a second, in whole thousandths; it may be 0.
Parsed<std::int64_t> parse_throughput(std::string_view text);

/// "200ppm", "-0.5ppm", in parts per billion.
Parsed<std::int64_t> parse_drift(std::string_view text);

/// A JSON number from 0 to 1, to the nearest billionth.
Parsed<sim::Probability> parse_probability(std::string_view spelling);

/// "1.387s": a duration that was worked out, rounded up to four digits.
std::string roughly(sim::Duration duration);
std::string throughput_text(std::int64_t thousandths_per_second);
std::string drift_text(std::int64_t parts_per_billion);
/// As a JSON number: "0.01".
std::string probability_text(sim::Probability probability);

}  // namespace indoubt::scenarios
