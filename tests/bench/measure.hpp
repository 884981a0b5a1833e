#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/bench/comparison.hpp"

namespace indoubt::bench {

/// Nanoseconds for each event of both sides, run one after the other.
struct Pair {
  double base_ns = 0;
  double measured_ns = 0;  // 0 when there is only a base
};

/// What one comparison gave.
struct Outcome {
  Comparison comparison;
  std::vector<Pair> pairs;
  std::string mistake;  // why the sides cannot be compared; empty when they can

  double base_ns() const;
  double measured_ns() const;
  double ratio() const;
  bool is_judged() const { return comparison.measured.has_value(); }
  /// Judged, comparable, and not slower than allowed.
  bool is_met() const;
};

/// Runs the base, then the other side, and adds what they took.
void measure_pair(Outcome& outcome);

/// Prints the table and the last line; true when every target is met.
bool print_table(const std::vector<Outcome>& outcomes);

}  // namespace indoubt::bench
