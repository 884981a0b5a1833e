#pragma once

#include "protocols/registry.hpp"

namespace indoubt::parallel_commits {

/// Parallel commits, as in CockroachDB.
protocols::Family family();

}  // namespace indoubt::parallel_commits
