#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "scenarios/sweep/sweep.hpp"

namespace indoubt::scenarios {

/// Letters, digits, '-' and '_', beginning with a letter or '_'.
bool is_variable_name(std::string_view name);

/// The name in "${name}", if the text is just that.
std::optional<std::string_view> variable_in(std::string_view text);

/// Complains about each "${" in the value: variables cannot stand here.
void check_holds_no_variable(const Reader& reader, const Value& value);

/// Replaces "${x}" by the values of one cell. A value stands for the whole string, of whatever type
/// it is; null takes away the key or the list item.
class Substitution {
 public:
  Substitution(const Reader& reader, const Sweep& sweep) : reader_{reader}, sweep_{sweep} {}

  /// `value` with its variables replaced, and which variables those were.
  Value apply(const Value& value, const Combination& cell);

  const std::set<std::string, std::less<>>& used() const { return used_; }

 private:
  Value replace(const Value& text, const Combination& cell);

  const Reader& reader_;
  const Sweep& sweep_;
  std::set<std::string, std::less<>> used_{};
};

}  // namespace indoubt::scenarios
