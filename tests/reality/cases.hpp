#pragma once

#include <string>
#include <vector>

#include "tests/reality/judge.hpp"

/// All cases, by what they need and how long they take.
namespace indoubt::reality {

/// PostgreSQL and a coordinator's log: about a minute. The services must outlive the cases.
std::vector<Case> fast_cases(Services& services, const std::string& folder);

}  // namespace indoubt::reality
