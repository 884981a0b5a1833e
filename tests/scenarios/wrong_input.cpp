#include "tests/scenarios/wrong_input.hpp"

#include "tests/scenarios/example.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::scenarios::testing {

void check_wrong_inputs(const std::vector<WrongInput>& inputs) {
  check_wrong_inputs(small_scenario(), inputs);
}

void check_wrong_inputs(const std::string& scenario, const std::vector<WrongInput>& inputs) {
  for (const WrongInput& input : inputs) {
    INFO(input.what);
    const std::string text = replaced(scenario, input.from, input.to);
    CHECK(errors_in(text) == input.errors);
  }
}

}  // namespace indoubt::scenarios::testing
