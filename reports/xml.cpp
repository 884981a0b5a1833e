#include "reports/xml.hpp"

namespace indoubt::reports {
namespace {

/// The bytes of the UTF-8 character at the beginning of the text; 0 if it is none.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = byte(0) < 0x80u   ? 1
                             : byte(0) < 0xc2u ? 0
                             : byte(0) < 0xe0u ? 2
                             : byte(0) < 0xf0u ? 3
                             : byte(0) < 0xf5u ? 4
                                               : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0u) != 0x80u) return 0;
  }
  const bool is_surrogate = length == 3 && byte(0) == 0xedu && byte(1) >= 0xa0u;
  const bool is_overlong = (length == 3 && byte(0) == 0xe0u && byte(1) < 0xa0u) ||
                           (length == 4 && byte(0) == 0xf0u && byte(1) < 0x90u);
  const bool is_too_high = length == 4 && byte(0) == 0xf4u && byte(1) >= 0x90u;
  const bool is_no_character =
      length == 3 && byte(0) == 0xefu && byte(1) == 0xbfu && byte(2) >= 0xbeu;
  return is_surrogate || is_overlong || is_too_high || is_no_character ? 0 : length;
}

/// One character of text, escaped if it means something to XML.
std::string escaped(std::string_view character) {
  switch (character.front()) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\n':
    case '\t': return std::string{character};
    default: break;
  }
  const bool is_control =
      character.size() == 1 && (static_cast<unsigned char>(character.front()) < 0x20u ||
                                static_cast<unsigned char>(character.front()) == 0x7fu);
  return is_control ? std::string{} : std::string{character};
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length != 0) out += escaped(text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

namespace {

/// XML turns line ends inside attributes into blanks, unless they are written as numbers.
std::string attribute_text(std::string_view text) {
  std::string out;
  for (const char c : xml_text(text)) {
    out += c == '\n' ? "&#10;" : c == '\t' ? "&#9;" : std::string{c};
  }
  return out;
}

}  // namespace

std::string xml_tag(std::string_view name,
                    std::initializer_list<std::pair<std::string_view, std::string>> attributes) {
  std::string tag{name};
  for (const auto& [key, value] : attributes) {
    tag += " " + std::string{key} + "=\"" + attribute_text(value) + "\"";
  }
  return tag;
}

}  // namespace indoubt::reports
