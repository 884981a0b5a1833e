#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <ratio>
#include <string>
#include <string_view>

namespace indoubt::sim {

/// A length of time, in whole nanoseconds.
using Duration = std::chrono::duration<std::int64_t, std::nano>;

/// Tag of the simulation's own time line. Only the world and the oracles see it.
struct TrueClock {};
/// Tag of what a node reads off its own clock. Roles see nothing else.
struct NodeClock {};

/// An instant of true time, counted from the start of the run.
using TrueTime = std::chrono::time_point<TrueClock, Duration>;
/// A reading of one node's clock. It cannot be compared with a `TrueTime` by accident.
using ClockTime = std::chrono::time_point<NodeClock, Duration>;

/// Later than everything that can happen in a run.
inline constexpr TrueTime never{Duration{std::numeric_limits<std::int64_t>::max()}};

using namespace std::chrono_literals;

/// A unit in which durations are written.
struct TimeUnit {
  std::string_view name;
  std::int64_t nanoseconds;
};
/// All of them, the largest first.
inline constexpr std::array time_units{
    TimeUnit{"h", 3'600'000'000'000}, TimeUnit{"m", 60'000'000'000}, TimeUnit{"s", 1'000'000'000},
    TimeUnit{"ms", 1'000'000},        TimeUnit{"us", 1'000},         TimeUnit{"ns", 1}};

/// "1.5s", "800ms", "0s": exact, in the largest unit that needs at most three decimals.
std::string to_text(Duration duration);
/// A point on the time line, always in seconds with milliseconds or finer: "2.014s". The latest of
/// all, at which nothing can happen any more, is "never".
std::string to_text(TrueTime time);
std::string to_text(ClockTime time);

}  // namespace indoubt::sim
