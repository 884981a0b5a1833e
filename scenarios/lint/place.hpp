#pragma once

#include <string_view>

#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// Where a cell that has a protocol sets this option of it, or else where the protocol is.
inline Span place_of_option(const Value& cell, std::string_view name) {
  const Value* protocol = cell.find("protocol");
  const Value* options = protocol->find("options");
  const Value* option = options == nullptr ? nullptr : options->find(name);
  return option != nullptr ? option->place : protocol->place;
}

}  // namespace indoubt::scenarios
