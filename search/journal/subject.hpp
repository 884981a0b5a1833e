#pragma once

#include <cstdint>
#include <string>

#include "properties/property.hpp"

namespace indoubt::search {

/// What every journal must agree with, as lines of "name value": the seed, the kinds of fault that
/// are tried (a bit set of `sim::Action` and `sim::Harm`) and the properties that are searched for.
std::string subject_of(std::uint64_t seed, std::uint32_t actions, properties::PropertySet wanted);

}  // namespace indoubt::search
