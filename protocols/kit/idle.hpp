#pragma once

#include <string_view>
#include <tuple>

namespace indoubt::kit {

/// The role of a node that a scenario declares for another family: it does nothing. It can crash
/// all the same.
struct Idle {
  static constexpr std::string_view role_name = "idle";

  static auto fields(auto&) { return std::tuple<>{}; }
};

}  // namespace indoubt::kit
