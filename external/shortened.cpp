#include "external/shortened.hpp"

#include "sim/base/utf8.hpp"

namespace indoubt::external {

std::string shortened(std::string_view text, std::size_t most) {
  std::string line;
  while (!text.empty()) {
    if (line.size() >= most) return line + "...";
    const auto code = static_cast<unsigned char>(text.front());
    const std::size_t length = sim::utf8_length(text);
    if (code <= 0x20 || code == 0x7f) {
      if (!line.empty() && line.back() != ' ') line += ' ';
    } else if (length == 0) {
      line += '?';
    } else {
      line += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

}  // namespace indoubt::external
