#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::paxos_commit {

/// Paxos Commit with any number of acceptors, and its faster variant.
kit::Family family();

}  // namespace indoubt::paxos_commit
