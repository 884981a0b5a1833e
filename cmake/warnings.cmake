# One list of warnings, linked privately: no consumer inherits them.
add_library(indoubt_warnings INTERFACE)
target_compile_options(indoubt_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Wdouble-promotion -Wswitch-enum
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wno-restrict>
  $<$<BOOL:${INDOUBT_WERROR}>:-Werror>)
