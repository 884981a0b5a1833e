#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::two_phase_commit {

/// Two-phase commit, with any presumption, blocking or with cooperative termination.
kit::Family family();

}  // namespace indoubt::two_phase_commit
