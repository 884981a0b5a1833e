# One list of warnings, linked privately: no consumer inherits them.
add_library(indoubt_warnings INTERFACE)
target_compile_options(indoubt_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Wdouble-promotion -Wswitch-enum
  # GCC 12 takes optional strings for uninitialised ones at -O1, and overlapping ones for a mistake.
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wno-restrict
                           -Wno-maybe-uninitialized>
  # Clang wants a second pair of braces around the one array of a struct; the language does not.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-missing-braces>
  $<$<BOOL:${INDOUBT_WERROR}>:-Werror>)
