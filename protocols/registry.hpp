#pragma once

#include <span>
#include <string_view>

#include "protocols/kit/family.hpp"

/// The list of the families that come with indoubt. Nothing below the command line knows it: a
/// program with families of its own makes another list.
namespace indoubt::protocols {

/// All known families with their generic mutants, in the order of the documentation.
std::span<const kit::Family> families();
/// The family of this name, or null.
const kit::Family* find_family(std::string_view name);

}  // namespace indoubt::protocols
