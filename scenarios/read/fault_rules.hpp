#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "sim/world/fault.hpp"

namespace indoubt::scenarios {

/// What a kind of fault takes besides `id`, `do` and its trigger.
struct ActionRule {
  sim::Action action;
  std::vector<std::string_view> keys;      ///< that it may have
  std::vector<std::string_view> required;  ///< that it must have
  bool befalls_messages = false;           ///< then its trigger is `match`; otherwise, any
  std::string_view doc;
};

/// The rules of all actions, in the order of `sim::Action`.
std::span<const ActionRule> action_rules();
const ActionRule& rule_of(sim::Action action);

/// Keys that say when a fault happens; `handling` and `effect` together are a place.
std::span<const std::string_view> trigger_keys();

}  // namespace indoubt::scenarios
