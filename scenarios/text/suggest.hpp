#pragma once

#include <span>
#include <string>
#include <string_view>

namespace indoubt::scenarios {

/// Least number of insertions, deletions, substitutions and swaps of neighbours between two words
/// (Damerau-Levenshtein, optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that was probably meant by `word`: at most max(1, length/3) edits away, the
/// nearest, the first among equals. Empty if there is none.
std::string closest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace indoubt::scenarios
