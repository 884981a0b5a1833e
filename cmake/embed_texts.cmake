# indoubt_embed_texts(<target> <layer> <what> <file>...): puts the texts of these files into a
# library. <layer>/<what>_texts.hpp is how they are got at, by the names of the files.
function(indoubt_embed_texts target layer what)
  set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARGN})
  set(rows "")
  foreach(file IN LISTS ARGN)
    get_filename_component(name "${file}" NAME_WE)
    file(READ "${file}" text)
    string(APPEND rows "    {\"${name}\", R\"in_file(${text})in_file\"},\n")
  endforeach()
  list(LENGTH ARGN count)
  string(SUBSTRING "${what}" 0 1 first)
  string(SUBSTRING "${what}" 1 -1 rest)
  string(TOUPPER "${first}" first)
  set(type "${first}${rest}Text")
  set(source "${PROJECT_BINARY_DIR}/generated/${what}_texts.cpp")
  file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT [[
#include <array>

#include "@layer@/@what@_texts.hpp"

namespace indoubt::@layer@ {
namespace {

constexpr std::array<@type@, @count@> texts{{
@rows@}};

}  // namespace

std::span<const @type@> @what@_texts() { return texts; }

}  // namespace indoubt::@layer@
]])
  indoubt_add_generated(${target} "${source}")
endfunction()
