#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::parallel_commits {

/// Parallel commits, as in CockroachDB.
kit::Family family();

}  // namespace indoubt::parallel_commits
