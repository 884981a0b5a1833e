# cmake -DPAGES=<list> -DCHARTS=<file or nothing> -DOUTPUT=<file> -P embed_pages.cmake
# Joins the styles and the modules of each page, and writes all as one C++ source.
cmake_minimum_required(VERSION 3.25)

set(source "// Made by cmake/embed_pages.cmake.
#include \"reports/html/assets.hpp\"

#pragma GCC diagnostic ignored \"-Woverlength-strings\"
namespace indoubt::reports {
namespace {
")
set(rows "")

# Adds a text under a name. A raw string ends where its delimiter says so, and nowhere else.
function(add_text name text)
  string(FIND "${text}" ")in_page\"" place)
  if(NOT place EQUAL -1)
    message(FATAL_ERROR "${name} contains what ends it")
  endif()
  string(APPEND source "constexpr char ${name}[] = R\"in_page(${text})in_page\";\n")
  set(source "${source}" PARENT_SCOPE)
endfunction()

# Modules become one script: what they import stands in it, before them.
function(join_modules variable)
  set(joined "\n")
  foreach(file IN LISTS ARGN)
    file(READ "${file}" text)
    string(APPEND joined "${text}")
  endforeach()
  string(REGEX REPLACE "\nimport [^\n]*" "\n" joined "${joined}")
  string(REPLACE "\nexport " "\n" joined "${joined}")
  # What would end the element, or begin a comment in it, to a browser.
  string(REPLACE "</script" "<\\/script" joined "${joined}")
  string(REPLACE "<!--" "<\\!--" joined "${joined}")
  set(${variable} "${joined}" PARENT_SCOPE)
endfunction()

function(indoubt_add_page entry charts styles modules)
  set(style "")
  foreach(file IN LISTS styles)
    file(READ "${file}" text)
    string(APPEND style "${text}")
  endforeach()
  join_modules(script ${modules})
  add_text(${entry}_style "${style}")
  add_text(${entry}_script "${script}")
  set(source "${source}" PARENT_SCOPE)
  string(APPEND rows "    {\"${entry}\", text_of(${entry}_style), "
                     "text_of(${entry}_script), ${charts}},\n")
  set(rows "${rows}" PARENT_SCOPE)
endfunction()

set(charts "")
if(CHARTS)
  file(READ "${CHARTS}" charts)
  string(REPLACE "</script" "<\\/script" charts "${charts}")
  string(REPLACE "<!--" "<\\!--" charts "${charts}")
endif()
add_text(charts_text "${charts}")
include("${PAGES}")

string(APPEND source "
template <std::size_t size>
constexpr std::string_view text_of(const char (&text)[size]) {
  return {text, size - 1};
}

constexpr PageAssets pages[] = {
${rows}};

}  // namespace

std::span<const PageAssets> page_assets() { return pages; }
std::string_view charts_script() { return text_of(charts_text); }

}  // namespace indoubt::reports
")
file(WRITE "${OUTPUT}" "${source}")
