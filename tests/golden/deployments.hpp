#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/world/compiled_plan.hpp"

namespace indoubt::test {

/// A fixed deployment whose digests are checked in.
struct GoldenDeployment {
  std::string name;
  std::shared_ptr<const sim::CompiledPlan> plan;
};

std::vector<GoldenDeployment> golden_deployments();

}  // namespace indoubt::test
