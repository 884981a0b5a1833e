#include "scenarios/text/excerpt.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "scenarios/text/source.hpp"
#include "sim/base/utf8.hpp"

namespace indoubt::scenarios {
namespace {

constexpr std::size_t excerpt_width = 100;

/// The text cut into characters, each fit for a terminal, so that a caret below stands in the right
/// column.
std::vector<std::string> printable_characters(std::string_view text) {
  std::vector<std::string> characters;
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if (continues_character(byte) && !characters.empty()) {
      characters.back() += byte;
    } else if (code < 0x20 || code == 0x7f) {
      characters.emplace_back(" ");
    } else {
      characters.emplace_back(1, byte);
    }
  }
  for (std::string& character : characters) {
    if (find_invalid_utf8(character) != std::string::npos) character = "?";
  }
  return characters;
}

std::string joined(std::span<const std::string> characters) {
  std::string text;
  for (const std::string& character : characters) text += character;
  return text;
}

/// Columns of a terminal that the characters take.
std::size_t columns_of(std::span<const std::string> characters) {
  std::size_t columns = 0;
  for (const std::string& character : characters) columns += sim::columns_of_character(character);
  return columns;
}

/// Where the character begins that is so many before the one at `at`, or the line.
std::size_t go_back(std::string_view line, std::size_t at, std::size_t characters) {
  while (at != 0 && characters != 0) {
    if (!continues_character(line[--at])) --characters;
  }
  return at;
}

/// Where the character begins that is so many behind the one at `at`, or the end of the line.
std::size_t go_on(std::string_view line, std::size_t at, std::size_t characters) {
  while (at != line.size()) {
    if (!continues_character(line[at]) && characters-- == 0) break;
    ++at;
  }
  return at;
}

}  // namespace

std::string printable(std::string_view text) { return joined(printable_characters(text)); }

Excerpt excerpt(std::string_view line, std::size_t offset, std::size_t width) {
  offset = std::min(offset, line.size());
  std::size_t first = go_back(line, offset, excerpt_width / 2 - 1);
  const std::size_t last = go_on(line, first, excerpt_width);
  if (last == line.size()) first = std::min(first, go_back(line, last, excerpt_width));
  const auto characters = printable_characters(line.substr(first, last - first));
  const std::span<const std::string> all{characters};
  Excerpt result{first != 0 ? "..." : "", first != 0 ? "   " : ""};
  result.text += joined(all);
  if (last != line.size()) result.text += "...";
  const std::size_t begin = printable_characters(line.substr(first, offset - first)).size();
  const std::size_t end = std::min(begin + width, all.size());
  result.underline += std::string(columns_of(all.first(begin)), ' ') + "^";
  const std::size_t underlined = columns_of(all.subspan(begin, end - begin));
  result.underline += std::string(underlined - std::min<std::size_t>(underlined, 1), '~');
  return result;
}

}  // namespace indoubt::scenarios
