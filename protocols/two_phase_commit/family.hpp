#pragma once

#include "protocols/registry.hpp"

namespace indoubt::two_phase_commit {

/// Two-phase commit, presumed abort, blocking termination.
protocols::Family family();

}  // namespace indoubt::two_phase_commit
