#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace indoubt::lab {

/// What is so in the run of a lesson: its answer must be true.
struct Truth {
  std::string_view violated{};  ///< a property
  std::string_view holds{};     ///< another one
  /// A family whose run of the same scenario violates the property that holds here,
  std::string_view other{};
  /// and has fewer messages.
  bool costs_more_than_other = false;
};

/// A scenario with a question that is answered by a guess first, and then by the run.
struct Lesson {
  std::string_view name;  ///< of its file in scenarios/library/lessons
  std::string_view title;
  std::string_view story;  ///< what happens in the scenario
  std::string_view question;
  std::array<std::string_view, 3> choices;
  std::size_t right = 0;    ///< among the choices
  std::string_view answer;  ///< why, in some sentences
  Truth truth{};
};

/// All lessons, in the order in which they are best taken.
std::span<const Lesson> lessons();
/// The scenario of a lesson.
std::string_view lesson_text(const Lesson& lesson);
/// What the lab begins with: one order and two services, and nothing goes wrong.
std::string_view start_text();

}  // namespace indoubt::lab
