#pragma once

#include <cstddef>
#include <string_view>

namespace indoubt::sim {

/// Length in bytes of the well-formed UTF-8 sequence at the front of `text`, or 0 if there is none.
/// Source: The Unicode Standard 15.0, table 3-7.
std::size_t utf8_length(std::string_view text);

}  // namespace indoubt::sim
