#pragma once

#include <string_view>

#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// The place of the protocol's option in the cell, which names a protocol, or else of the protocol.
inline Span place_of_option(const Value& cell, std::string_view option) {
  const Value* protocol = cell.find("protocol");
  const Value* options = protocol->find("options");
  const Value* value = options == nullptr ? nullptr : options->find(option);
  return value != nullptr ? value->place : protocol->place;
}

}  // namespace indoubt::scenarios
