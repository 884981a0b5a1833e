# indoubt_layer(<name> <folder> [EXCLUDE <file>...]): the static library indoubt_<name> made of all
# .cpp files under <folder>, or of one file if that is named instead. A layer that has only headers,
# or nothing yet, gets one empty source, so that it is a library like the others whatever it holds.
#
# JOINED: where INDOUBT_JOIN_SOURCES is on, so many files at a time are compiled as one, which takes
# less than half of the time. Names in unnamed namespaces must then differ within a layer's
# namespace. Not for `base` and `world`, whose code is hot: how fast it is must not depend on which
# files happen to be neighbours.
function(indoubt_layer name folder)
  cmake_parse_arguments(PARSE_ARGV 2 layer "" "JOINED" "EXCLUDE")
  set(target indoubt_${name})
  if(folder MATCHES "\\.cpp$")
    set(sources "${PROJECT_SOURCE_DIR}/${folder}")
  else()
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/*.cpp")
  endif()
  foreach(file IN LISTS layer_EXCLUDE)
    list(REMOVE_ITEM sources "${PROJECT_SOURCE_DIR}/${file}")
  endforeach()
  if(NOT sources)
    set(sources "${PROJECT_BINARY_DIR}/generated/${name}_has_only_headers.cpp")
    file(CONFIGURE OUTPUT "${sources}" CONTENT "// The layer ${name} has only headers so far.\n")
  endif()
  add_library(${target} STATIC ${sources})
  add_library(indoubt::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  if(layer_JOINED AND INDOUBT_JOIN_SOURCES)
    set_target_properties(${target} PROPERTIES
                          UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${layer_JOINED})
  endif()
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/indoubt>)
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:indoubt_warnings>)
  target_compile_definitions(${target} PRIVATE INDOUBT_VERSION="${PROJECT_VERSION}")
  indoubt_optimise(${target})
endfunction()

# indoubt_families(<variable>): the folders of protocols/ that hold a family.
function(indoubt_families variable)
  file(GLOB families CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/protocols/*/family.cpp")
  list(TRANSFORM families REPLACE "^.*/protocols/(.*)/family.cpp$" "\\1")
  list(REMOVE_ITEM families kit)
  set(${variable} ${families} PARENT_SCOPE)
endfunction()

# indoubt_program(<name> <main>): the program, at the top of the build folder.
function(indoubt_program name main)
  set(source "${PROJECT_SOURCE_DIR}/${main}")
  if(NOT EXISTS "${source}")
    message(STATUS "indoubt: ${main} does not exist, so the program is not built")
    return()
  endif()
  add_executable(${name} "${source}")
  target_link_libraries(${name} PRIVATE indoubt_cli indoubt_warnings)
  if(INDOUBT_STATIC)
    target_link_options(${name} PRIVATE -static)
  endif()
  target_compile_definitions(${name} PRIVATE INDOUBT_VERSION="${PROJECT_VERSION}")
  indoubt_optimise(${name})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
endfunction()
