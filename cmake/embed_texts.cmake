# indoubt_embed_lessons(<target>): puts the scenarios of the lab's lessons into a library;
# lab/lessons.hpp is how they are got at.
function(indoubt_embed_lessons target)
  set(folder "${PROJECT_SOURCE_DIR}/scenarios/library/lessons")
  file(GLOB files CONFIGURE_DEPENDS "${folder}/*.json")
  set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(rows "")
  foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME_WE)
    file(READ "${file}" text)
    string(APPEND rows "    {\"${name}\", R\"lesson(${text})lesson\"},\n")
  endforeach()
  list(LENGTH files count)
  set(source "${PROJECT_BINARY_DIR}/generated/lesson_texts.cpp")
  file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT [[
#include <array>

#include "lab/lesson_texts.hpp"

namespace indoubt::lab {
namespace {

constexpr std::array<LessonText, @count@> texts{{
@rows@}};

}  // namespace

std::span<const LessonText> lesson_texts() { return texts; }

}  // namespace indoubt::lab
]])
  indoubt_add_generated(${target} "${source}")
endfunction()
