#pragma once

#include <cstddef>
#include <string_view>

namespace indoubt::sim {

/// Length in bytes of the well-formed UTF-8 sequence at the front of `text`, or 0 if there is none.
/// Source: The Unicode Standard 15.0, table 3-7.
std::size_t utf8_length(std::string_view text);

/// How many columns of a terminal the character at the front of well-formed, not empty text takes:
/// 0 if it is put upon the one before, 2 for the wide ones of East Asia and for pictures, else 1.
/// Source: Unicode Standard Annex 11, the ranges that whole scripts have.
std::size_t columns_of_character(std::string_view text);

}  // namespace indoubt::sim
