#pragma once

#include "protocols/registry.hpp"

namespace indoubt::three_phase_commit {

/// Three-phase commit, with any termination.
protocols::Family family();

}  // namespace indoubt::three_phase_commit
