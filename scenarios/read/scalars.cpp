#include "scenarios/read/scalars.hpp"

#include <algorithm>

#include "scenarios/text/units.hpp"

namespace indoubt::scenarios {
namespace {

using Type = Value::Type;

template <typename T>
std::optional<T> take(const Reader& reader, const Value& value, const Parsed<T>& parsed) {
  if (!parsed.value) reader.error(value, parsed.problem, parsed.suggestion);
  return parsed.value;
}

/// Complains about a value that should have been text with a unit.
void not_a_quantity(const Reader& reader, const Value& value, const std::string& expected,
                    const std::string& unit) {
  const std::string found{describe(value.type)};
  if (value.is_number()) {
    reader.error(value, "expected " + expected + ", found the number " + value.text,
                 "\"" + value.text + unit + "\"");
  } else {
    reader.error(value, "expected " + expected + ", found " + found);
  }
}

}  // namespace

std::optional<bool> read_boolean(Reader& reader, const Value& value) {
  if (value.is(Type::boolean)) return value.boolean;
  reader.wrong_type(value, "true or false");
  return std::nullopt;
}

std::optional<std::string> read_text(Reader& reader, const Value& value) {
  if (value.is(Type::string)) return value.text;
  reader.wrong_type(value, "a string");
  return std::nullopt;
}

std::optional<std::string> read_name(Reader& reader, const Value& value) {
  const std::optional<std::string> text = read_text(reader, value);
  if (!text) return std::nullopt;
  const bool has_control = std::any_of(text->begin(), text->end(), [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
  });
  if (!text->empty() && !has_control) return text;
  reader.error(value, text->empty() ? "a name cannot be empty" : "a name stands on one line");
  return std::nullopt;
}

std::optional<std::int64_t> read_whole_number(Reader& reader, const Value& value,
                                              std::int64_t least, std::int64_t most) {
  if (!value.is(Type::integer)) {
    if (value.is(Type::decimal)) {
      reader.error(value, "expected a whole number, found " + value.text);
    } else {
      reader.wrong_type(value, "a whole number");
    }
    return std::nullopt;
  }
  if (value.integer >= least && value.integer <= most) return value.integer;
  reader.error(value, value.integer < least
                          ? "must be at least " + std::to_string(least) + ", not " + value.text
                          : "must be at most " + std::to_string(most) + ", not " + value.text);
  return std::nullopt;
}

std::optional<sim::Duration> read_signed_duration(Reader& reader, const Value& value) {
  if (value.is(Type::string)) return take(reader, value, parse_duration(value.text));
  not_a_quantity(reader, value, "a duration such as \"150ms\"", "ms");
  return std::nullopt;
}

std::optional<sim::Duration> read_duration(Reader& reader, const Value& value) {
  return read_duration_from(reader, value, sim::Duration{0});
}

std::optional<sim::Duration> read_duration_from(Reader& reader, const Value& value,
                                                sim::Duration least) {
  const std::optional<sim::Duration> duration = read_signed_duration(reader, value);
  if (!duration || *duration >= least) return duration;
  reader.error(value, *duration < sim::Duration{0}
                          ? "this duration cannot be negative"
                          : "this duration must be at least " + sim::to_text(least));
  return std::nullopt;
}

std::optional<sim::Duration> read_positive_duration(Reader& reader, const Value& value) {
  const std::optional<sim::Duration> duration = read_duration(reader, value);
  if (!duration || *duration > sim::Duration{0}) return duration;
  reader.error(value, "this duration must be greater than 0");
  return std::nullopt;
}

std::optional<sim::TrueTime> read_instant(Reader& reader, const Value& value) {
  const std::optional<sim::Duration> duration = read_duration(reader, value);
  if (!duration) return std::nullopt;
  return sim::TrueTime{*duration};
}

std::optional<sim::TrueTime> read_later_instant(Reader& reader, const Value& value) {
  const std::optional<sim::Duration> duration = read_positive_duration(reader, value);
  if (!duration) return std::nullopt;
  return sim::TrueTime{*duration};
}

std::optional<sim::Duration> read_rate(Reader& reader, const Value& value) {
  if (value.is(Type::string)) return take(reader, value, parse_rate(value.text));
  not_a_quantity(reader, value, "a rate such as \"20/s\"", "/s");
  return std::nullopt;
}

std::optional<std::int64_t> read_throughput(Reader& reader, const Value& value) {
  if (value.is(Type::string)) return take(reader, value, parse_throughput(value.text));
  not_a_quantity(reader, value, "a number in a second such as \"12.5/s\"", "/s");
  return std::nullopt;
}

std::optional<std::int64_t> read_drift(Reader& reader, const Value& value) {
  if (value.is(Type::string)) return take(reader, value, parse_drift(value.text));
  not_a_quantity(reader, value, "a drift such as \"200ppm\"", "ppm");
  return std::nullopt;
}

std::optional<sim::Probability> read_probability(Reader& reader, const Value& value) {
  if (value.is_number()) return take(reader, value, parse_probability(value.text));
  reader.wrong_type(value, "a probability from 0 to 1");
  return std::nullopt;
}

std::optional<std::size_t> read_choice(Reader& reader, const Value& value, std::string_view what,
                                       const std::vector<std::string_view>& names) {
  if (!value.is(Type::string)) {
    reader.wrong_type(value, "the name of a " + std::string{what});
    return std::nullopt;
  }
  const auto found = std::find(names.begin(), names.end(), value.text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  reader.unknown(value, what, names);
  return std::nullopt;
}

const std::vector<Value>* read_items(Reader& reader, const Value& value, std::string_view what) {
  if (!value.is(Type::array)) {
    reader.wrong_type(value, "a list of " + std::string{what});
    return nullptr;
  }
  if (value.items.empty()) {
    reader.error(value, "the list of " + std::string{what} + " is empty");
    return nullptr;
  }
  return &value.items;
}

}  // namespace indoubt::scenarios
