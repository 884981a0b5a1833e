#include "sim/base/time.hpp"

#include "tests/support/rapidcheck.hpp"

namespace indoubt::test {

using namespace std::chrono_literals;

TEST_CASE("time: durations read as people would write them", "[time]") {
  CHECK(sim::to_text(sim::Duration{0}) == "0s");
  CHECK(sim::to_text(sim::Duration{1}) == "1ns");
  CHECK(sim::to_text(sim::Duration{999}) == "999ns");
  CHECK(sim::to_text(1us) == "1us");
  CHECK(sim::to_text(sim::Duration{1'001}) == "1.001us");
  CHECK(sim::to_text(150ms) == "150ms");
  CHECK(sim::to_text(1500us) == "1.5ms");
  CHECK(sim::to_text(1500ms) == "1.5s");
  CHECK(sim::to_text(1s) == "1s");
  CHECK(sim::to_text(60s) == "1m");
  CHECK(sim::to_text(90s) == "90s");
  CHECK(sim::to_text(90min) == "90m");
  CHECK(sim::to_text(2h) == "2h");
  CHECK(sim::to_text(-800ms) == "-800ms");
}

TEST_CASE("time: durations that need many decimals are exact in a smaller unit", "[time]") {
  CHECK(sim::to_text(sim::Duration{1'000'000'001}) == "1000000.001us");
  CHECK(sim::to_text(sim::Duration{1'234'567}) == "1234.567us");
  CHECK(sim::to_text(sim::Duration{999'999'900}) == "999999.9us");
}

TEST_CASE("time: the ends of the range have texts, too", "[time]") {
  CHECK(sim::to_text(sim::Duration::max()) == "9223372036854775.807us");
  CHECK(sim::to_text(sim::Duration::min()) == "-9223372036854775.808us");
  CHECK(sim::to_text(sim::never) == "never");
  CHECK(sim::to_text(sim::ClockTime::max()) == "never");
  CHECK(sim::to_text(sim::never - sim::Duration{1}) == "9223372036.854775806s");
}

TEST_CASE("time: points are in seconds, with at least milliseconds", "[time]") {
  CHECK(sim::to_text(sim::TrueTime{2014ms}) == "2.014s");
  CHECK(sim::to_text(sim::TrueTime{0s}) == "0.000s");
  CHECK(sim::to_text(sim::TrueTime{2014500us}) == "2.0145s");
  CHECK(sim::to_text(sim::ClockTime{sim::Duration{1}}) == "0.000000001s");
  CHECK(sim::to_text(sim::ClockTime{-1500ms}) == "-1.500s");
}

namespace {

/// Reads a text back: digits, perhaps a point and digits, and a unit.
std::int64_t read(const std::string& text) {
  const std::size_t unit_at = text.find_first_not_of("-0123456789.");
  const std::string unit = text.substr(unit_at);
  const std::int64_t factor = unit == "h"    ? 3'600'000'000'000
                              : unit == "m"  ? 60'000'000'000
                              : unit == "s"  ? 1'000'000'000
                              : unit == "ms" ? 1'000'000
                              : unit == "us" ? 1'000
                                             : 1;
  std::int64_t value = 0;
  std::int64_t scale = 0;
  for (const char letter : text.substr(0, unit_at)) {
    if (letter == '.') scale = 1;
    if (letter < '0' || letter > '9') continue;
    value = value * 10 + (letter - '0');
    scale *= 10;
  }
  if (scale == 0) scale = 1;
  const std::int64_t nanoseconds = value * (factor / scale) + value * (factor % scale) / scale;
  return text[0] == '-' ? -nanoseconds : nanoseconds;
}

}  // namespace

TEST_CASE("time: every text is exact", "[time][property]") {
  rc::prop("reading it gives the duration", [](std::int32_t value, std::uint8_t zeros) {
    std::int64_t nanoseconds = value;
    for (int i = 0; i < zeros % 7; ++i) nanoseconds *= 10;
    RC_ASSERT(read(sim::to_text(sim::Duration{nanoseconds})) == nanoseconds);
  });
}

}  // namespace indoubt::test
