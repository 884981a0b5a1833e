#pragma once

#include <vector>

#include "sim/world/fault.hpp"

namespace indoubt::search {

/// How much harm a kind of fault does, roughly: a lost message is the least, since every network
/// loses some.
int severity(sim::Action action);

/// Forms of a fault that are milder, shorter to write or rounder, the best first. None of them
/// leads back to the fault itself.
std::vector<sim::NamedFault> simpler_forms(const sim::NamedFault& fault);

}  // namespace indoubt::search
