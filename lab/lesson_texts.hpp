#pragma once

#include <span>
#include <string_view>

namespace indoubt::lab {

/// A scenario of `scenarios/library/lessons`, as it was when the program was built.
struct LessonText {
  std::string_view name;  ///< of its file, without ending
  std::string_view text;
};
std::span<const LessonText> lesson_texts();

}  // namespace indoubt::lab
