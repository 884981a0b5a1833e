// A main of our own for tests that are built against a standard library other than the one that
// the packaged Catch2 library was built with.
#define CATCH_CONFIG_MAIN
#include "tests/support/catch.hpp"
