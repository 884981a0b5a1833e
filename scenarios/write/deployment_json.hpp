#pragma once

#include "protocols/kit/deployment.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// The deployment as the keys of a scenario: reading them gives an equal deployment. What a
/// scenario has by default is left out.
Value deployment_json(const kit::Deployment& deployment);

/// One fault as an entry of `faults`.
Value fault_json(const sim::NamedFault& fault);

/// A distribution as scenarios write it.
Value distribution_json(const sim::Distribution& distribution);

Value duration_json(sim::Duration duration);
Value probability_json(sim::Probability probability);

}  // namespace indoubt::scenarios
