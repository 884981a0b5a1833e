#pragma once

#include "protocols/kit/deployment.hpp"
#include "scenarios/text/report.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// Warns about a service that cannot be done with its work until `sim_time`, whatever the protocol:
/// each order that comes by then sends it a message at least. Half of the draws are shorter than
/// what is reckoned with, and the margin is a tenth, so a load that could be served is not named.
void lint_work(Report& report, const Value& cell, const kit::Deployment& deployment);

}  // namespace indoubt::scenarios
