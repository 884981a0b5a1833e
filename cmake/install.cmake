# The program, the scenarios, and libraries with headers: a protocol family can be written out of
# the tree with find_package(indoubt) and the targets indoubt::kit, indoubt::cli, ...
if(TARGET indoubt)
  install(TARGETS indoubt RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
# What the program says of itself: a manual page, and completions where each shell looks.
if(TARGET indoubt AND NOT CMAKE_CROSSCOMPILING)
  set(told ${PROJECT_BINARY_DIR}/generated/told)
  add_custom_command(TARGET indoubt POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E make_directory ${told}
    COMMAND $<TARGET_FILE:indoubt> help --man > ${told}/indoubt.1
    COMMAND $<TARGET_FILE:indoubt> completion bash > ${told}/indoubt
    COMMAND $<TARGET_FILE:indoubt> completion fish > ${told}/indoubt.fish
    COMMAND $<TARGET_FILE:indoubt> completion zsh > ${told}/_indoubt
    VERBATIM)
  install(FILES ${told}/indoubt.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${told}/indoubt DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${told}/indoubt.fish
          DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
  install(FILES ${told}/_indoubt DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
endif()
install(FILES cmake/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
# What scripts/package has written, if it has.
install(FILES ${PROJECT_BINARY_DIR}/generated/sbom.spdx.json DESTINATION ${CMAKE_INSTALL_DOCDIR}
        OPTIONAL)
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN decisions EXCLUDE)
if(IS_DIRECTORY "${PROJECT_SOURCE_DIR}/scenarios/library")
  install(DIRECTORY scenarios/library DESTINATION ${CMAKE_INSTALL_DATADIR}/indoubt)
endif()

# A library that is still to be optimised when it is linked is of no use to another compiler.
if(INDOUBT_LTO OR INDOUBT_PROFILE)
  return()
endif()
include(CMakePackageConfigHelpers)

install(DIRECTORY tests/consumer/ DESTINATION ${CMAKE_INSTALL_DATADIR}/indoubt/examples)

set(layers base world properties kit ${families} registry search scenarios external reports lab cli)
list(TRANSFORM layers PREPEND indoubt_ OUTPUT_VARIABLE layer_targets)
set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/indoubt)

install(TARGETS ${layer_targets} EXPORT indoubtTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(folder indoubt sim properties protocols search scenarios external reports lab cli)
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
