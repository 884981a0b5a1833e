#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace indoubt::external {

/// What a program has written, for a message on one line: blanks and line ends become single
/// blanks, what is no text becomes '?', and what is too long ends in "...".
std::string shortened(std::string_view text, std::size_t most = 160);

}  // namespace indoubt::external
