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

}  // namespace

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
