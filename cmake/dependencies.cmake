# Every dependency is looked for on the machine first; FetchContent is the way out where there is no
# package. Boost is looked for only: fetching it for one library is not worth it. So is
# SQLite, which is packaged everywhere.
include(FetchContent)
find_package(Threads REQUIRED)

# A package says that its headers are in /usr/include, where a compiler for WebAssembly would find
# this machine's C library, too. Such a one gets a folder with nothing but the package's headers.
function(indoubt_headers_only target folder)
  get_target_property(places ${target} INTERFACE_INCLUDE_DIRECTORIES)
  if(NOT EMSCRIPTEN OR NOT "/usr/include" IN_LIST places)
    return()
  endif()
  set(only "${PROJECT_BINARY_DIR}/generated/headers-of-${folder}")
  file(MAKE_DIRECTORY "${only}")
  file(CREATE_LINK "/usr/include/${folder}" "${only}/${folder}" SYMBOLIC)
  set_target_properties(${target} PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${only}")
endfunction()

if(NOT INDOUBT_GOLDEN_ONLY)
  if(INDOUBT_STATIC)
    set(Boost_USE_STATIC_LIBS ON)
    set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  endif()
  if(NOT EMSCRIPTEN) # pages have no command line
    find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
    find_package(SQLite3 3.36 REQUIRED)
  endif()

  FetchContent_Declare(nlohmann_json
    GIT_REPOSITORY https://github.com/nlohmann/json.git
    GIT_TAG bc889afb4c5bf1c0d8ee29ef35eaaf4c8bef8a5d # v3.11.2
    FIND_PACKAGE_ARGS 3.11)
  FetchContent_MakeAvailable(nlohmann_json)
  indoubt_headers_only(nlohmann_json::nlohmann_json nlohmann)
endif()

if(INDOUBT_BUILD_TESTS OR INDOUBT_GOLDEN_ONLY)
  # Version 2 on purpose: Debian's rapidcheck includes <catch2/catch.hpp>, which version 3 has not.
  FetchContent_Declare(Catch2
    GIT_REPOSITORY https://github.com/catchorg/Catch2.git
    GIT_TAG 182c910b4b63ff587a3440e08f84f70497e49a81 # v2.13.10
    FIND_PACKAGE_ARGS 2.13)
  set(CATCH_BUILD_STATIC_LIBRARY ON)
  FetchContent_MakeAvailable(Catch2)
  list(APPEND CMAKE_MODULE_PATH "${Catch2_DIR}" "${catch2_SOURCE_DIR}/contrib")
  indoubt_headers_only(Catch2::Catch2 catch2)
endif()

if(INDOUBT_BUILD_TESTS AND NOT INDOUBT_GOLDEN_ONLY)
  # It has neither releases nor a version file, so no version is asked for.
  set(RC_ENABLE_CATCH ON)
  FetchContent_Declare(rapidcheck
    GIT_REPOSITORY https://github.com/emil-e/rapidcheck.git
    GIT_TAG ff6af6fc683159deb51c543b065eba14dfcf329b # master of 2023-12-14
    FIND_PACKAGE_ARGS CONFIG)
  FetchContent_MakeAvailable(rapidcheck)
endif()

if(INDOUBT_BUILD_BENCH STREQUAL "AUTO")
  find_package(benchmark QUIET)
  set(INDOUBT_BUILD_BENCH ${benchmark_FOUND})
endif()
if(INDOUBT_BUILD_BENCH AND NOT INDOUBT_GOLDEN_ONLY)
  set(BENCHMARK_ENABLE_TESTING OFF)
  set(BENCHMARK_ENABLE_INSTALL OFF)
  FetchContent_Declare(benchmark
    GIT_REPOSITORY https://github.com/google/benchmark.git
    GIT_TAG d572f4777349d43653b21d6c2fc63020ab326db2 # v1.7.1
    FIND_PACKAGE_ARGS)
  FetchContent_MakeAvailable(benchmark)
endif()
