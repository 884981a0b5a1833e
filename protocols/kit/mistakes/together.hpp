#pragma once

#include <string>

#include "protocols/kit/deployment.hpp"

/// Several planted mistakes in one deployment.
namespace indoubt::kit {

class Blueprint;

/// Puts on the blueprint the roles that its deployment's choice of protocol asks for, with all
/// named mistakes that are planted. Those made of effects are planted in the finished plan
/// (`plant`).
void build_protocol(Blueprint& blueprint);

/// Why the planted mistakes of a protocol that exists cannot be made together; empty if they can,
/// as one alone always can.
std::string why_not_together(const ProtocolChoice& choice);

}  // namespace indoubt::kit
