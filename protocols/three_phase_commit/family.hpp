#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::three_phase_commit {

/// Three-phase commit, with any termination.
kit::Family family();

}  // namespace indoubt::three_phase_commit
