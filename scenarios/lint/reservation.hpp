#pragma once

#include "scenarios/knowledge.hpp"
#include "scenarios/text/report.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// Reserve/assign needs
///
///     ttl >= retry window of all assigns + round trip + clock error
///
/// or else a hold can expire at one service while another has assigned already. The retry window is
/// two call timeouts and a round trip; the clock error sums what the scenario's clock faults do to
/// services. Warns when the time to live is shorter.
void lint_reservation_ttl(Report& report, const Value& cell, const kit::Deployment& deployment);

}  // namespace indoubt::scenarios
