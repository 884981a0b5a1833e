#include <algorithm>
#include <vector>

#include "reports/text/style.hpp"
#include "sim/base/utf8.hpp"

namespace indoubt::reports {
namespace {

std::vector<std::string_view> words_in(std::string_view text) {
  constexpr std::string_view blanks = " \n\t\r";
  std::vector<std::string_view> words;
  for (std::size_t at = text.find_first_not_of(blanks); at != std::string_view::npos;) {
    std::size_t end = std::min(text.find_first_of(blanks, at), text.size());
    // "12 %" is one word.
    if (text.substr(end).starts_with(" %"))
      end = std::min(text.find_first_of(blanks, end + 1), text.size());
    words.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(blanks, end);
  }
  return words;
}

}  // namespace

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  bool in_escape = false;
  while (!text.empty()) {
    if (text.front() == '\x1b') in_escape = true;
    if (!in_escape) count += sim::columns_of_character(text);
    if (text.front() == 'm') in_escape = false;
    text.remove_prefix(std::max<std::size_t>(1, sim::utf8_length(text)));
  }
  return count;
}

std::string cut_to(std::string_view text, std::size_t width) {
  std::string kept;
  while (!text.empty()) {
    const std::string_view next = text.substr(0, std::max<std::size_t>(1, sim::utf8_length(text)));
    if (columns(kept) + columns(next) > width) break;
    kept += next;
    text.remove_prefix(next.size());
  }
  return kept;
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t taken = columns(text);
  return taken >= width ? text : text + std::string(width - taken, ' ');
}

std::string wrapped(std::string_view text, std::size_t width, const std::string& first,
                    const std::string& indent) {
  std::string all;
  std::string line = first;
  bool is_fresh = true;
  for (const std::string_view word : words_in(text)) {
    if (!is_fresh && columns(line) + 1 + columns(word) > width) {
      all += line + "\n";
      line = indent;
      is_fresh = true;
    }
    if (!is_fresh) line += ' ';
    line += word;
    is_fresh = false;
  }
  return all + line + "\n";
}

}  // namespace indoubt::reports
