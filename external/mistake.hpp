#pragma once

#include <stdexcept>

namespace indoubt::external {

/// What an external node did wrong: it ended, did not answer, or answered what makes no sense. As
/// an exception of a handler it is a finding of the run, in which that node's process is gone.
struct Mistake : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace indoubt::external
