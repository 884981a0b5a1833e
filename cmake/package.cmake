# A package for Debian of all that is installed. The program in it is static and needs nothing; what
# a protocol of one's own is built with is recommended.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME indoubt)
set(CPACK_PACKAGE_CONTACT "indoubt")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Runs two-phase commit, sagas, TCC, reservations, outboxes and others on simulated networks, disks,
clocks and crashes, says what each of them keeps and loses, and finds the smallest set of faults
that breaks it.")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "g++, cmake, libboost-program-options-dev, libsqlite3-dev")
if(NOT INDOUBT_STATIC)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
# The same sources give the same bytes: files are as old as SOURCE_DATE_EPOCH says, if it is set.
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/set_file_times.cmake")
include(CPack)
