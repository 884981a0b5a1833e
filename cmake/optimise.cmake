# What the released program is made with beyond -O3: for the layers, the program and the benchmarks,
# never for the tests, each of which would pay for it when it is linked.
option(INDOUBT_LTO "Optimise the layers as a whole when a program is linked" OFF)
set(INDOUBT_PROFILE OFF CACHE STRING
    "GENERATE: programs write what they spend their time on. USE: they are optimised for that")
set_property(CACHE INDOUBT_PROFILE PROPERTY STRINGS OFF GENERATE USE)
set(INDOUBT_PROFILE_DIR "${PROJECT_BINARY_DIR}/profile" CACHE PATH "Where profiles are")

if(INDOUBT_LTO)
  include(CheckIPOSupported)
  check_ipo_supported(RESULT can_optimise_as_a_whole OUTPUT why_not LANGUAGES CXX)
  if(NOT can_optimise_as_a_whole)
    message(STATUS "indoubt: no link-time optimisation with this compiler: ${why_not}")
  endif()
endif()

# indoubt_optimise(<target>)
function(indoubt_optimise target)
  if(INDOUBT_LTO AND can_optimise_as_a_whole)
    set_target_properties(${target} PROPERTIES INTERPROCEDURAL_OPTIMIZATION ON)
    # GCC 12 sees strings of half the address space then.
    target_link_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>)
  endif()
  # Profiles are found by the path of the object file below its build folder, so that the build
  # which writes them and the one which reads them may be two.
  set(from_here -fprofile-prefix-path=${PROJECT_BINARY_DIR} -fprofile-update=single)
  if(INDOUBT_PROFILE STREQUAL "GENERATE")
    target_compile_options(${target} PRIVATE -fprofile-generate=${INDOUBT_PROFILE_DIR} ${from_here})
    target_link_options(${target} PRIVATE -fprofile-generate=${INDOUBT_PROFILE_DIR})
  elseif(INDOUBT_PROFILE STREQUAL "USE")
    target_compile_options(${target} PRIVATE -fprofile-use=${INDOUBT_PROFILE_DIR} ${from_here}
                           -Wno-missing-profile)
  endif()
endfunction()

# indoubt_add_generated(<target> <source> [<option>...]): adds a source that the build makes, of
# texts that the program holds; compiled with these options.
function(indoubt_add_generated target source)
  target_sources(${target} PRIVATE "${source}")
  set(options ${ARGN})
  # It lies in the build folder, so a profile that another build wrote is none of the same source.
  if(INDOUBT_PROFILE STREQUAL "USE")
    list(APPEND options -Wno-coverage-mismatch)
  endif()
  set_source_files_properties("${source}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON
                              COMPILE_OPTIONS "${options}")
endfunction()
