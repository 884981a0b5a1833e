#pragma once

#include "protocols/registry.hpp"

namespace indoubt::two_phase_commit {

/// Two-phase commit, with any presumption, blocking or with cooperative termination.
protocols::Family family();

}  // namespace indoubt::two_phase_commit
