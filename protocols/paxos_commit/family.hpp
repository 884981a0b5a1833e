#pragma once

#include "protocols/registry.hpp"

namespace indoubt::paxos_commit {

/// Paxos Commit with any number of acceptors, and its faster variant.
protocols::Family family();

}  // namespace indoubt::paxos_commit
