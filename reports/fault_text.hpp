#pragma once

#include <string>

#include "sim/world/fault.hpp"

namespace indoubt::reports {

/// What a fault does and when, as a sentence without an end: "store crashes when it first holds
/// something, restarts after 1.5s".
std::string fault_text(const sim::NamedFault& fault);

/// The same as a whole sentence: "The 1st vote from store to orders is lost.".
std::string fault_sentence(const sim::NamedFault& fault);

/// The deed alone: "crash of store".
std::string deed_text(const sim::NamedFault& fault);

}  // namespace indoubt::reports
