#pragma once

#include "protocols/kit/deployment.hpp"
#include "tests/support/rapidcheck.hpp"

namespace indoubt::scenarios::testing {

/// Valid deployments over the families of `example_knowledge`, as the reader would produce them.
rc::Gen<kit::Deployment> random_deployment();

}  // namespace indoubt::scenarios::testing
