#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/support/runs.hpp"

/// Presumptions and terminations, for tests that hold for several.
namespace indoubt::test {

struct Choice {
  std::string presume = "abort";
  std::string termination = "blocking";
  bool is_cooperative() const { return termination == "cooperative"; }
};

inline const std::vector<Choice> all_choices{
    {"abort", "blocking"},    {"nothing", "blocking"},    {"commit", "blocking"},
    {"abort", "cooperative"}, {"nothing", "cooperative"}, {"commit", "cooperative"},
};

inline Deployment choosing(const Choice& choice, Deployment made) {
  made.protocol.options.emplace_back("presume", choice.presume);
  made.protocol.options.emplace_back("termination", choice.termination);
  return made;
}

}  // namespace indoubt::test
