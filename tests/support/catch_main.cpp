// A main of our own for tests that are built against a standard library other than the one that
// the packaged Catch2 library was built with.
#define CATCH_CONFIG_RUNNER
#include "tests/support/catch.hpp"

#include <string_view>
#include <vector>

/// `--update` runs what blesses results, in place of the tests.
int main(int argc, char** argv) {
  static char update[] = "[update]";
  std::vector<char*> arguments{argv, argv + argc};
  for (char*& argument : arguments) {
    if (std::string_view{argument} == "--update") argument = update;
  }
  return Catch::Session().run(argc, arguments.data());
}
