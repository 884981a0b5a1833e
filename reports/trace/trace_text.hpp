#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "reports/text/style.hpp"
#include "scenarios/scenario.hpp"

namespace indoubt::reports {

/// Which run to tell, and what of it.
struct TraceRequest {
  const scenarios::Scenario& scenario;
  std::size_t cell = 0;
  std::uint64_t seed = 1;
  std::optional<std::uint32_t> order{};  ///< its number; none: the first that violates something
};

/// One run told for people: what happens to one order step by step, and the verdicts on the run.
/// Nothing if there is no such order.
std::optional<std::string> trace_text(const TraceRequest& request, const Style& style);

}  // namespace indoubt::reports
