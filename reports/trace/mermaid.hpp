#pragma once

#include <cstddef>
#include <string>

#include "reports/trace/run_trace.hpp"

namespace indoubt::reports {

/// More arrows than these do not fit on a page that somebody reads.
inline constexpr std::size_t most_mermaid_arrows = 60;

/// What happens to the followed orders as a sequence diagram of Mermaid, which many wikis draw:
/// messages, what becomes true, and what befalls nodes. What is left out is said at its end.
std::string trace_mermaid(const RunTrace& trace);

}  // namespace indoubt::reports
