#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/bench/comparison.hpp"
#include "tests/bench/limits.hpp"

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

/// Nanoseconds for each event of what is measured, run once; 0 if there is only a base.
double measure_once(const Comparison& comparison);

/// Runs the base, then the other side, and adds what they took.
void measure_pair(Outcome& outcome);

/// Prints the table of what is judged against the floor.
Met print_table(const std::vector<Outcome>& outcomes);

}  // namespace indoubt::bench
