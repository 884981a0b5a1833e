#include <csignal>
#include <stdexcept>
#include <utility>

#include "cli/verb.hpp"
#include "external/family.hpp"
#include "indoubt/protocol.hpp"
#include "protocols/registry.hpp"
#include "reports/program.hpp"

namespace indoubt {

int run_program(int argc, char** argv, std::vector<kit::Family> families,
                std::vector<properties::OwnProperty> properties) {
  // Whoever reads our output may stop reading: that is found when writing, not by dying.
  std::signal(SIGPIPE, SIG_IGN);
  if (argc > 0) reports::set_program(argv[0]);
  try {
    protocols::add_family(external::family());
    for (kit::Family& family : families) protocols::add_family(std::move(family));
    for (properties::OwnProperty& property : properties)
      properties::add_property(std::move(property));
  } catch (const std::invalid_argument& error) {
    cli::complain(reports::program_name() + ": error: " + error.what() + "\n");
    return static_cast<int>(cli::ExitCode::usage);
  }
  return static_cast<int>(cli::run_program({argv + 1, argv + argc}));
}

}  // namespace indoubt
