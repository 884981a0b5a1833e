#pragma once

#include <string_view>
#include <vector>

namespace indoubt::scenarios {

// The fixed words of scenario files, in the order of the enumerations they stand for.

std::vector<std::string_view> fact_names();
std::vector<std::string_view> action_names();
std::vector<std::string_view> keep_names();
std::vector<std::string_view> disk_fault_names();
std::vector<std::string_view> verdict_names();
/// What the bounds of a metric may be for, other than its sum.
std::vector<std::string_view> per_names();

/// Where timeouts come from that a scenario does not set.
std::vector<std::string_view> timeouts_names();

/// What `sometimes` may name: facts and kinds of faults.
std::vector<std::string_view> sometimes_names();

}  // namespace indoubt::scenarios
