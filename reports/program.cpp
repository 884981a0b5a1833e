#include "reports/program.hpp"

#include <utility>

#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

std::string& path_of_program() {
  static std::string path = "indoubt";
  return path;
}

}  // namespace

void set_program(std::string path) { path_of_program() = std::move(path); }

const std::string& program_path() { return path_of_program(); }

std::string program_name() { return program_path().substr(program_path().rfind('/') + 1); }

std::string command(const std::string& verb, const std::string& file) {
  return quoted_for_shell(program_name()) + " " + verb + " " + quoted_for_shell(file);
}

}  // namespace indoubt::reports
