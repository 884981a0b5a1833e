#include "reports/xml.hpp"

#include "sim/base/utf8.hpp"

namespace indoubt::reports {
namespace {

/// U+FFFE and U+FFFF are no characters, and XML cannot hold them.
bool is_no_character(std::string_view sequence) {
  return sequence == "\xef\xbf\xbe" || sequence == "\xef\xbf\xbf";
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
    const std::size_t length = sim::utf8_length(text);
    const std::string_view character = text.substr(0, length);
    if (length != 0 && !is_no_character(character)) out += escaped(character);
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
