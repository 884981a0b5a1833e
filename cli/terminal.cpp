#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

namespace indoubt::cli {
namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view{value};
}

/// The locale's encoding, by the variables that decide it, the strongest first.
bool is_utf8_locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string locale{variable(name)};
    if (locale.empty()) continue;
    std::transform(locale.begin(), locale.end(), locale.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return false;
}

/// Reports are made for up to 100 columns; below 40 no table can be read.
std::size_t report_width() {
  return std::clamp<std::size_t>(terminal_width(STDOUT_FILENO), 40, 100);
}

}  // namespace

std::size_t terminal_width(int descriptor) {
  winsize size{};
  const bool is_known = isatty(descriptor) != 0 && ioctl(descriptor, TIOCGWINSZ, &size) == 0;
  return is_known && size.ws_col != 0 ? std::max<std::size_t>(size.ws_col, 10) : 96;
}

bool is_capable_terminal(int descriptor) {
  return isatty(descriptor) != 0 && variable("TERM") != "dumb" && !variable("TERM").empty();
}

reports::Style output_style() {
  return {.colour = is_capable_terminal(STDOUT_FILENO) && variable("NO_COLOR").empty(),
          .unicode = is_utf8_locale(),
          .width = report_width()};
}

reports::Style file_style() { return {.colour = false, .unicode = true, .width = 96}; }

}  // namespace indoubt::cli
