#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace indoubt::reports {

/// A label of at most `width` columns for each value, which is the value itself if it is short.
/// Different values have different labels: of those that begin alike the part that differs is
/// shown, or, where that is too long as well, the position of the value among all, as "#2".
std::vector<std::string> told_apart(const std::vector<std::string>& values, std::size_t width);

}  // namespace indoubt::reports
