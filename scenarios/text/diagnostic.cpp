#include "scenarios/text/diagnostic.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "scenarios/text/source.hpp"
#include "sim/base/utf8.hpp"

namespace indoubt::scenarios {
namespace {

constexpr std::size_t excerpt_width = 100;

std::string_view name_of(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

/// The line cut into characters, each fit for a terminal: a tab or a control character becomes a
/// blank, so that the caret below stands in the right column.
std::vector<std::string> printable_characters(std::string_view line) {
  std::vector<std::string> characters;
  for (const char byte : line) {
    const auto code = static_cast<unsigned char>(byte);
    if ((code & 0xc0u) == 0x80u && !characters.empty()) {
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

/// The part of a long line around `column`, and the line below that underlines `width` characters
/// from there.
struct Excerpt {
  std::string text;
  std::string underline;
};

/// Columns of a terminal that the characters take.
std::size_t columns_of(std::span<const std::string> characters) {
  std::size_t columns = 0;
  for (const std::string& character : characters) columns += sim::columns_of_character(character);
  return columns;
}

Excerpt excerpt(std::string_view line, std::size_t column, std::size_t width) {
  const std::vector<std::string> characters = printable_characters(line);
  std::size_t first = 0;
  if (characters.size() > excerpt_width && column > excerpt_width / 2) {
    first = std::min(column - excerpt_width / 2, characters.size() - excerpt_width);
  }
  const std::size_t last = std::min(characters.size(), first + excerpt_width);
  Excerpt result{first > 0 ? "..." : "", first > 0 ? "   " : ""};
  for (std::size_t i = first; i < last; ++i) result.text += characters[i];
  if (last < characters.size()) result.text += "...";
  const std::size_t begin = std::clamp(column - 1, first, last);
  const std::size_t end = std::min(begin + width, last);
  const std::span<const std::string> all{characters};
  result.underline += std::string(columns_of(all.subspan(first, begin - first)), ' ') + "^";
  const std::size_t underlined = columns_of(all.subspan(begin, end - begin));
  result.underline += std::string(underlined - std::min<std::size_t>(underlined, 1), '~');
  return result;
}

}  // namespace

std::string headline(const Diagnostic& diagnostic) {
  std::string text;
  for (const std::string& character : printable_characters(diagnostic.file)) text += character;
  if (diagnostic.line > 0) {
    text += ":" + std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column);
  }
  text += ": ";
  text += name_of(diagnostic.severity);
  text += ": " + diagnostic.message;
  const std::string& suggestion = diagnostic.suggestion;
  if (suggestion.empty()) return text;
  const std::string quote = suggestion.starts_with('"') ? "" : "'";
  return text + "; did you mean " + quote + suggestion + quote + "?";
}

std::string format(const Diagnostic& diagnostic) {
  std::string text = headline(diagnostic) + "\n";
  if (diagnostic.line == 0) return text;
  const Excerpt shown = excerpt(diagnostic.source_line, diagnostic.column, diagnostic.width);
  std::string number = std::to_string(diagnostic.line);
  if (number.size() < 5) number.insert(0, 5 - number.size(), ' ');
  text += number + " | " + shown.text + "\n";
  return text + std::string(number.size(), ' ') + " | " + shown.underline + "\n";
}

std::string format(std::span<const Diagnostic> diagnostics) {
  const std::size_t shown = std::min(diagnostics.size(), most_diagnostics_shown);
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.first(shown)) text += format(diagnostic);
  const std::size_t rest = diagnostics.size() - shown;
  if (rest > 0) text += "and " + std::to_string(rest) + " more\n";
  return text;
}

}  // namespace indoubt::scenarios
