#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include "sim/base/ids.hpp"

namespace indoubt::sim {

/// What `Context::expect` throws: the author of a role has expected something that is not so.
struct ExpectationFailed : std::logic_error {
  using std::logic_error::logic_error;
};

/// A mistake in the code of a role, as the run came upon it. The process ends there, for good.
struct Failure {
  enum class Cause : std::uint8_t {
    exception,    ///< a handler let an exception out
    expectation,  ///< a handler's `expect` was not met
    replay,       ///< the replay of a record let an exception out
    standstill,   ///< nothing but events of one instant, with no end to them
  };
  Cause cause = Cause::exception;
  Kind handled = 0;  ///< the kind of what was handled
  std::string text{};
};

/// What the exception says that is being handled. Called in a `catch` only. One that says that
/// memory ran out is no mistake of a role's, and goes on its way.
Failure current_failure();

}  // namespace indoubt::sim
