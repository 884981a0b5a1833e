#include "sim/base/utf8.hpp"

#include <array>

namespace indoubt::sim {
namespace {

/// A row of table 3-7: which bytes may come first, and which second. Further ones are 80 to BF.
struct Sequences {
  unsigned char first_least, first_most;
  unsigned char second_least, second_most;
  std::size_t length;
};

constexpr std::array<Sequences, 9> well_formed{{
    {0x00, 0x7f, 0x00, 0x00, 1},
    {0xc2, 0xdf, 0x80, 0xbf, 2},
    {0xe0, 0xe0, 0xa0, 0xbf, 3},
    {0xe1, 0xec, 0x80, 0xbf, 3},
    {0xed, 0xed, 0x80, 0x9f, 3},  // no surrogates
    {0xee, 0xef, 0x80, 0xbf, 3},
    {0xf0, 0xf0, 0x90, 0xbf, 4},
    {0xf1, 0xf3, 0x80, 0xbf, 4},
    {0xf4, 0xf4, 0x80, 0x8f, 4},
}};

struct Range {
  char32_t first, last;
};

/// Whole blocks that stand upon the character before them.
constexpr std::array<Range, 5> combining{
    {{0x0300, 0x036f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200f}, {0xfe00, 0xfe0f}}};
/// Whole blocks of wide characters.
constexpr std::array<Range, 9> wide{{{0x1100, 0x115f},
                                     {0x2e80, 0x303e},
                                     {0x3041, 0xa4cf},
                                     {0xac00, 0xd7a3},
                                     {0xf900, 0xfaff},
                                     {0xfe30, 0xfe6f},
                                     {0xff00, 0xff60},
                                     {0x1f300, 0x1faff},
                                     {0x20000, 0x3fffd}}};

template <std::size_t n>
bool is_in(const std::array<Range, n>& ranges, char32_t code) {
  for (const Range& range : ranges) {
    if (code >= range.first && code <= range.last) return true;
  }
  return false;
}

char32_t code_of_character(std::string_view text) {
  const std::size_t length = utf8_length(text);
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  if (length < 2) return byte(0);
  char32_t code = byte(0) & (0xffu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte(i) & 0x3fu);
  return code;
}

}  // namespace

std::size_t columns_of_character(std::string_view text) {
  const char32_t code = code_of_character(text);
  if (is_in(combining, code)) return 0;
  return is_in(wide, code) ? 2 : 1;
}

std::size_t utf8_length(std::string_view text) {
  const auto is_within = [&](std::size_t at, unsigned char least, unsigned char most) {
    if (at >= text.size()) return false;
    const auto byte = static_cast<unsigned char>(text[at]);
    return byte >= least && byte <= most;
  };
  for (const Sequences& row : well_formed) {
    if (!is_within(0, row.first_least, row.first_most)) continue;
    const bool is_whole = (row.length < 2 || is_within(1, row.second_least, row.second_most)) &&
                          (row.length < 3 || is_within(2, 0x80, 0xbf)) &&
                          (row.length < 4 || is_within(3, 0x80, 0xbf));
    return is_whole ? row.length : 0;
  }
  return 0;
}

}  // namespace indoubt::sim
