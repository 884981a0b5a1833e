#pragma once

#include <string>
#include <vector>

namespace indoubt::bench {

/// What a program took that ran by itself.
struct Child {
  int exit_code = -1;    ///< -1: it did not start or did not end by itself
  double seconds = 0;    ///< of wall time, its start included
  double megabytes = 0;  ///< the most that it had in memory
};

/// Runs a program to its end; what it prints goes nowhere.
Child run_child(const std::string& program, const std::vector<std::string>& arguments);

}  // namespace indoubt::bench
