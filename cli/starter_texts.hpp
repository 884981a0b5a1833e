#pragma once

#include <span>
#include <string_view>

namespace indoubt::cli {

/// A file that `indoubt new` begins with, as it was when the program was built.
struct StarterText {
  std::string_view name;  ///< of the file, without ending
  std::string_view text;
};
std::span<const StarterText> starter_texts();

}  // namespace indoubt::cli
