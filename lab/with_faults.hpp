#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lab/text_edit.hpp"
#include "sim/world/fault.hpp"

namespace indoubt::lab {

/// The scenario's text with one more fault, under a name that no other has: its own, or one with a
/// number. Nothing if the text has no place for it.
std::optional<EditedText> with_fault(std::string_view text, Value fault);

/// The same with several; those for which there is no place are left out.
std::string with_faults(std::string_view text, const std::vector<sim::NamedFault>& faults);

}  // namespace indoubt::lab
