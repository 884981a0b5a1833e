#pragma once

#include <span>
#include <string_view>

#include "protocols/kit/family.hpp"

/// The list of the families that a program knows. Nothing below the command line asks it.
namespace indoubt::protocols {

/// All of them with their generic mutants: those that come with indoubt, in the order of the
/// documentation, and then those that were added.
std::span<const kit::Family> families();
/// Adds a family from outside of this source tree, before anybody asks for the list. Throws
/// `std::invalid_argument` if there is one of that name.
void add_family(kit::Family family);
/// The family of this name, or null.
const kit::Family* find_family(std::string_view name);

}  // namespace indoubt::protocols
