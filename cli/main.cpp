#include <csignal>

#include "cli/verb.hpp"

int main(int argc, char** argv) {
  // Whoever reads our output may stop reading: that is found when writing, not by dying.
  std::signal(SIGPIPE, SIG_IGN);
  return static_cast<int>(indoubt::cli::run_program({argv + 1, argv + argc}));
}
