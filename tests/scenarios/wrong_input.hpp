#pragma once

#include <string>
#include <vector>

namespace indoubt::scenarios::testing {

/// The small scenario with `from` replaced by `to`, and what must be said about it.
struct WrongInput {
  std::string what;
  std::string from;
  std::string to;
  std::vector<std::string> errors;
};

void check_wrong_inputs(const std::vector<WrongInput>& inputs);

}  // namespace indoubt::scenarios::testing
