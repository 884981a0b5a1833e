# The program, the scenarios, and libraries with headers: a protocol family can be written out of
# the tree with find_package(indoubt) and the targets indoubt::kit, indoubt::cli, ...
if(TARGET indoubt)
  install(TARGETS indoubt RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
if(IS_DIRECTORY "${PROJECT_SOURCE_DIR}/scenarios/library")
  install(DIRECTORY scenarios/library DESTINATION ${CMAKE_INSTALL_DATADIR}/indoubt)
endif()

# A library that is still to be optimised when it is linked is of no use to another compiler.
if(INDOUBT_LTO OR INDOUBT_PROFILE)
  return()
endif()
include(CMakePackageConfigHelpers)

set(layers base world properties kit ${families} registry search scenarios reports lab cli)
list(TRANSFORM layers PREPEND indoubt_ OUTPUT_VARIABLE layer_targets)
set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/indoubt)

install(TARGETS ${layer_targets} EXPORT indoubtTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(folder sim properties protocols search scenarios reports lab cli)
  if(IS_DIRECTORY "${PROJECT_SOURCE_DIR}/${folder}")
    install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/indoubt
            FILES_MATCHING PATTERN "*.hpp" PATTERN library EXCLUDE PATTERN web EXCLUDE)
  endif()
endforeach()

install(EXPORT indoubtTargets NAMESPACE indoubt:: DESTINATION ${config_folder})
configure_package_config_file(cmake/indoubtConfig.cmake.in
  "${PROJECT_BINARY_DIR}/generated/indoubtConfig.cmake" INSTALL_DESTINATION ${config_folder})
write_basic_package_version_file("${PROJECT_BINARY_DIR}/generated/indoubtConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/generated/indoubtConfig.cmake"
  "${PROJECT_BINARY_DIR}/generated/indoubtConfigVersion.cmake" DESTINATION ${config_folder})
