#pragma once

#include <string>
#include <vector>

namespace indoubt::scenarios::testing {

/// A scenario with `from` replaced by `to`, and what must be said about it.
struct WrongInput {
  std::string what;
  std::string from;
  std::string to;
  std::vector<std::string> errors;
};

/// What is made of the small scenario.
void check_wrong_inputs(const std::vector<WrongInput>& inputs);
/// What is made of this one.
void check_wrong_inputs(const std::string& scenario, const std::vector<WrongInput>& inputs);

}  // namespace indoubt::scenarios::testing
