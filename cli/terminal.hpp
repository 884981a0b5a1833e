#pragma once

#include "reports/text/style.hpp"

namespace indoubt::cli {

/// Whether the file descriptor is a terminal that can move its cursor and show colours.
bool is_capable_terminal(int descriptor);

/// Columns of the terminal behind the file descriptor; 96 if it is none.
std::size_t terminal_width(int descriptor);

/// How results may look on standard output: colours only on a terminal, and not if the environment
/// says NO_COLOR; Unicode if the locale is UTF-8.
reports::Style output_style();
/// How the same looks in a file.
reports::Style file_style();

}  // namespace indoubt::cli
