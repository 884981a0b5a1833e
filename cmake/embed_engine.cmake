# indoubt_embed_engine(<target>): puts the lab's engine into the program, if scripts/lab has built
# it; cli/engine_bytes.hpp is how it is got at. It is looked for at each build.
function(indoubt_embed_engine target)
  file(GLOB engine CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/build/lab/engine.wasm.gz")
  set(source "${PROJECT_BINARY_DIR}/generated/engine_bytes.cpp")
  if(engine)
    file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT [[
#include "cli/engine_bytes.hpp"

__asm__(
    ".section .rodata\n"
    ".global indoubt_engine_begin\n.global indoubt_engine_end\n"
    "indoubt_engine_begin:\n.incbin \"@engine@\"\nindoubt_engine_end:\n.byte 0\n"
    ".text\n");
extern "C" const char indoubt_engine_begin[];
extern "C" const char indoubt_engine_end[];

namespace indoubt::cli {

std::string_view engine_bytes() {
  return {indoubt_engine_begin,
          static_cast<std::size_t>(indoubt_engine_end - indoubt_engine_begin)};
}

}  // namespace indoubt::cli
]])
  else()
    message(STATUS "indoubt: no lab inside: scripts/lab has not been run")
    file(CONFIGURE OUTPUT "${source}" CONTENT [[
#include "cli/engine_bytes.hpp"

std::string_view indoubt::cli::engine_bytes() { return {}; }
]])
  endif()
  # What is said to the assembler is not seen when a program is optimised as a whole.
  indoubt_add_generated(${target} "${source}" -fno-lto)
  set_source_files_properties("${source}" PROPERTIES OBJECT_DEPENDS "${engine}")
endfunction()
