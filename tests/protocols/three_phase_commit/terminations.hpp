#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/support/runs.hpp"

/// Terminations, for tests that hold for several.
namespace indoubt::test {

inline const std::vector<std::string> all_terminations{"timeout", "skeen", "quorum", "e3pc"};

inline Deployment terminating(const std::string& termination, Deployment made) {
  made.protocol.options.emplace_back("termination", termination);
  return made;
}
inline Deployment terminating(const std::string& termination, std::size_t services = 2) {
  return terminating(termination, deployment("three-phase-commit", services));
}

}  // namespace indoubt::test
