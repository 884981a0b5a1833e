#include "tests/bench/limits.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/child.hpp"
#include "tests/bench/world/order_runs.hpp"

namespace indoubt::bench {

namespace {

struct Limit {
  const char* name;
  const char* unit;
  double most;
  double (*measure)();
};

Child explore(std::vector<std::string> options) {
  const auto found = std::filesystem::temp_directory_path() / "indoubt-bench-found";
  std::vector<std::string> arguments{
      "explore", INDOUBT_SOURCE_DIR "/scenarios/library/small/one-order.json",
      "--jobs",  "1",
      "--save",  found.string()};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const Child child = run_child(INDOUBT_PROGRAM, arguments);
  std::filesystem::remove_all(found);
  return child;
}

/// From the start of the program to the saved file, of a mistake that most schedules show.
double seconds_to_counterexample() {
  std::vector<double> seconds;
  for (int i = 0; i < 5; ++i) {
    const Child child = explore({"--mutant", "M-A06", "--findings", "1"});
    seconds.push_back(child.exit_code == 1 ? child.seconds : 1e9);
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds[seconds.size() / 2];
}

double megabytes_of_search() {
  const Child child =
      explore({"--protocol", "two-phase-commit", "--runs", "1000000", "--findings", "0"});
  return child.exit_code <= 1 ? child.megabytes : 1e9;
}

double seconds_at_one_instant() {
  const auto start = std::chrono::steady_clock::now();
  const FloorResult result = run_orders_at_once(100'000);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return result.events > 100'000 ? took.count() : 1e9;
}

constexpr Limit limits[] = {
    {"peak of a search of 1,000,000 runs", "MB", 100, megabytes_of_search},
    {"first counterexample of an easy mistake", "s", 0.1, seconds_to_counterexample},
    {"100,000 orders at one instant", "s", 1, seconds_at_one_instant},
};

}  // namespace

Met print_limits() {
  Met met;
  std::printf("%-40s %12s %12s  %s\n", "limit", "measured", "at most", "met?");
  for (const Limit& limit : limits) {
    const double measured = limit.measure();
    const bool is_met = measured <= limit.most;
    ++met.judged;
    met.met += is_met ? 1u : 0u;
    std::printf("%-40s %9.3f %-2s %9.3f %-2s  %s\n", limit.name, measured, limit.unit, limit.most,
                limit.unit, is_met ? "yes" : "NO");
  }
  return met;
}

}  // namespace indoubt::bench
