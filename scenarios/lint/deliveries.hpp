#pragma once

#include "scenarios/knowledge.hpp"
#include "scenarios/text/report.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// Warns where `max_deliveries` is used up before a service that crashes is back: what reaches the
/// broker meanwhile is parked. And where a broker does not wait for one of several consumers for as
/// long as that one needs.
void lint_deliveries(Report& report, const Value& cell, const kit::Deployment& deployment);

}  // namespace indoubt::scenarios
