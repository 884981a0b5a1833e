#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace indoubt::scenarios {

/// A file that was read, by the name under which the user knows it.
struct Source {
  std::string name;
  std::string text;
};

/// All files that make up one scenario: the FILE itself first, then what it extends.
using Sources = std::vector<Source>;

/// A range of bytes in one of the sources.
struct Span {
  std::uint32_t file = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where a byte stands, counted from 1; columns are Unicode characters, not bytes.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
};

Position position_of(std::string_view text, std::size_t offset);

/// Whether a byte is not the first of its character in UTF-8.
constexpr bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0u) == 0x80u;
}

/// The line that holds the byte, without its line end.
std::string_view line_around(std::string_view text, std::size_t offset);

/// Number of Unicode characters in UTF-8 text. Stray bytes count as one each.
std::size_t count_characters(std::string_view text);

/// The byte offset of the first ill-formed UTF-8 sequence, or npos.
std::size_t find_invalid_utf8(std::string_view text);

}  // namespace indoubt::scenarios
