#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/deployment.hpp"
#include "scenarios/text/value.hpp"

// What several warnings ask of a cell and of the file that it comes from.
namespace indoubt::scenarios {

/// The place of the protocol's option in the cell, which names a protocol, or else of the protocol.
Span place_of_option(const Value& cell, std::string_view option);

/// What a fault is called that is so written, the `index`-th of its list from 0. Empty if it does
/// not say what it does.
std::string fault_id(const Value& fault, std::size_t index);

/// Whether the option of a protocol is there, and there is what it is for.
bool applies(const kit::ProtocolChoice& protocol, std::string_view name);

/// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& names);

/// Whether a node of this name is declared, with stock.
bool is_service(const kit::Deployment& deployment, std::string_view name);

}  // namespace indoubt::scenarios
