#include <csignal>

#include "cli/verb.hpp"

int main(int argc, char** argv) {
  // Whoever reads our output may stop reading: that is found when writing, not by dying.
  std::signal(SIGPIPE, SIG_IGN);
  if (argc > 0) indoubt::cli::set_program_name(argv[0]);
  return static_cast<int>(indoubt::cli::run_program({argv + 1, argv + argc}));
}
