#pragma once

#include "lab/subject.hpp"
#include "sim/world/fault.hpp"
#include "sim/world/plan.hpp"

namespace indoubt::lab {

/// A fault as scenarios write it, but for its name.
Json fault_json(const sim::NamedFault& fault);
Json fault_json(const sim::Fault& fault, const sim::Plan& plan);

}  // namespace indoubt::lab
