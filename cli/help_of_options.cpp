#include <algorithm>

#include "cli/arguments.hpp"

namespace indoubt::cli {
namespace {

constexpr std::size_t help_width = 92;
/// Longer choices stand in the description: the column would take the page.
constexpr std::size_t longest_choices = 30;

std::string choices_text(const Option& option) {
  std::string text;
  for (const std::string_view choice : option.choices) {
    text += (text.empty() ? "" : "|") + std::string{choice};
  }
  return text;
}

bool shows_choices(const Option& option) {
  const std::size_t length = choices_text(option).size();
  return length != 0 && length <= longest_choices;
}

std::string signature(const Option& option) {
  std::string text = "  ";
  if (!option.letter.empty()) text += "-" + std::string{option.letter} + ", ";
  text += "--" + std::string{option.name};
  if (shows_choices(option)) return text + " " + choices_text(option);
  return option.value.empty() ? text : text + " " + std::string{option.value};
}

/// The text in lines that begin at a column.
std::string in_lines(std::string_view text, std::size_t column) {
  std::string all;
  std::size_t used = column;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (used > column && used + 1 + word.size() > help_width) {
      all += "\n" + std::string(column, ' ');
      used = column;
    }
    if (used > column) {
      all += ' ';
      ++used;
    }
    all += word;
    used += word.size();
  }
  return all;
}

}  // namespace

std::string help_of(std::span<const Option> options) {
  std::size_t widest = 0;
  for (const Option& option : options) widest = std::max(widest, signature(option).size());
  std::string text;
  for (const Option& option : options) {
    std::string line = signature(option);
    line.resize(widest + 2, ' ');
    text += line + in_lines(option.doc, widest + 2) + "\n";
  }
  return text;
}

}  // namespace indoubt::cli
