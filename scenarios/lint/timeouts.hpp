#pragma once

#include "scenarios/knowledge.hpp"
#include "scenarios/text/report.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// How long a message and its answer take, on the slowest link: twice the 99th percentile of its
/// latency, or the largest where it has one.
sim::Duration round_trip(const kit::Deployment& deployment);

/// Warns about a family whose shortest timeout is over before a call can be answered: it gives up
/// order after order, and keeps every promise by doing nothing.
void lint_timeouts(Report& report, const Value& cell, const kit::Deployment& deployment,
                   const Knowledge& knowledge);

}  // namespace indoubt::scenarios
