#pragma once

#include <cstddef>

namespace indoubt::bench {

/// How many targets there are of a sort, and how many of them are met.
struct Met {
  std::size_t met = 0;
  std::size_t judged = 0;

  Met& operator+=(const Met& other) {
    met += other.met;
    judged += other.judged;
    return *this;
  }
};

/// What a user waits for, and what a long search takes: limits in seconds and megabytes, wide
/// enough for a slow machine. Measures each, and prints a table. To be called first: a program that
/// is started counts as if it had what its parent has in memory then.
Met print_limits();

}  // namespace indoubt::bench
