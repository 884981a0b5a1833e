#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/read/reader.hpp"
#include "sim/base/random.hpp"
#include "sim/base/time.hpp"

namespace indoubt::scenarios {

// Each of these reads one value, or complains and returns nothing.

std::optional<bool> read_boolean(Reader& reader, const Value& value);
std::optional<std::string> read_text(Reader& reader, const Value& value);
/// Text that is not empty and stands on one line, as names do.
std::optional<std::string> read_name(Reader& reader, const Value& value);
std::optional<std::int64_t> read_whole_number(Reader& reader, const Value& value,
                                              std::int64_t least, std::int64_t most);
std::optional<sim::Duration> read_duration(Reader& reader, const Value& value);
std::optional<sim::Duration> read_duration_from(Reader& reader, const Value& value,
                                                sim::Duration least);
std::optional<sim::Duration> read_positive_duration(Reader& reader, const Value& value);
std::optional<sim::Duration> read_signed_duration(Reader& reader, const Value& value);
std::optional<sim::TrueTime> read_instant(Reader& reader, const Value& value);
std::optional<sim::TrueTime> read_later_instant(Reader& reader, const Value& value);  ///< after 0
std::optional<sim::Duration> read_rate(Reader& reader, const Value& value);
/// How many in a second, in thousandths.
std::optional<std::int64_t> read_throughput(Reader& reader, const Value& value);
std::optional<std::int64_t> read_drift(Reader& reader, const Value& value);
std::optional<sim::Probability> read_probability(Reader& reader, const Value& value);

/// A number of something, as `Count`.
template <typename Count, std::int64_t least, std::int64_t most>
std::optional<Count> read_count(Reader& reader, const Value& value) {
  const std::optional<std::int64_t> count = read_whole_number(reader, value, least, most);
  if (!count) return std::nullopt;
  return static_cast<Count>(*count);
}

/// The "n-th" of a pattern.
inline constexpr std::int64_t largest_nth = 4'294'967'295;
inline constexpr auto read_nth = read_count<std::uint32_t, 1, largest_nth>;

/// One of the names; `what` is what they name: "a fact".
std::optional<std::size_t> read_choice(Reader& reader, const Value& value, std::string_view what,
                                       const std::vector<std::string_view>& names);

/// The same as a value of an enumeration whose names these are, in its order.
template <typename Enum>
std::optional<Enum> read_enum(Reader& reader, const Value& value, std::string_view what,
                              const std::vector<std::string_view>& names) {
  const auto index = read_choice(reader, value, what, names);
  if (!index) return std::nullopt;
  return static_cast<Enum>(*index);
}

/// The items of a list, which must not be empty. Null, after a complaint, if it is none.
const std::vector<Value>* read_items(Reader& reader, const Value& value, std::string_view what);

}  // namespace indoubt::scenarios
