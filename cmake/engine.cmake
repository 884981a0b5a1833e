# The engine of the lab: one WebAssembly module that needs nothing of its page but a few functions
# of WASI, none of which does anything there (reports/web/lab_engine.js). scripts/lab builds it.
add_executable(engine lab/engine.cpp)
target_link_libraries(engine PRIVATE indoubt_lab indoubt_warnings)
set_target_properties(engine PROPERTIES SUFFIX .wasm
                      RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
# Compiled to be fast, linked to be small: that takes a tenth off, and no time.
target_link_options(engine PRIVATE -Oz -sSTANDALONE_WASM --no-entry -sALLOW_MEMORY_GROWTH
                    -sINITIAL_MEMORY=32MB -sTOTAL_STACK=4MB)
