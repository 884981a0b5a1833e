#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace indoubt::scenarios {

/// The part of a line around a place, fit for a terminal, and the line below that underlines it.
struct Excerpt {
  std::string text;
  std::string underline;
  bool operator==(const Excerpt&) const = default;
};

/// At most 100 characters of the line around the byte at `offset`; `width` characters from there
/// are underlined. However long the line is, no more of it is looked at than is shown.
Excerpt excerpt(std::string_view line, std::size_t offset, std::size_t width);

/// The text as one line for a terminal: a tab or a control character becomes a blank, and what is
/// no UTF-8 a question mark.
std::string printable(std::string_view text);

}  // namespace indoubt::scenarios
