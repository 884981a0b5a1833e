#pragma once

#include "protocols/business/deployment.hpp"
#include "tests/support/rapidcheck.hpp"

namespace indoubt::scenarios::testing {

/// Valid deployments over the families of `example_knowledge`, as the reader would produce them.
rc::Gen<business::Deployment> random_deployment();

}  // namespace indoubt::scenarios::testing
