# What the compiler is told for every target of the project, its tests included.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

# Neither binaries nor messages may depend on where the tree was checked out.
add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)

if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(INDOUBT_CCACHE ccache)
  mark_as_advanced(INDOUBT_CCACHE)
  if(INDOUBT_CCACHE)
    # Without this ccache keeps nothing that uses a precompiled header. The base folder lets two
    # checkouts share what they compiled.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${INDOUBT_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      add_compile_options(-fpch-preprocess)
    endif()
  endif()
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_GENERATOR STREQUAL "Ninja")
  add_compile_options(-fcolor-diagnostics)
endif()
