#include <algorithm>
#include <array>
#include <filesystem>

#include "cli/files.hpp"
#include "cli/starter.hpp"
#include "cli/verb.hpp"
#include "protocols/registry.hpp"
#include "reports/program.hpp"

namespace indoubt::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_name = 64;

/// It becomes the name of files, a namespace and what people type, so it is plain.
void check_name(std::string_view name) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_allowed = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
  };
  const bool is_plain = !name.empty() && name.size() <= longest_name && is_letter(name.front()) &&
                        std::all_of(name.begin(), name.end(), is_allowed);
  if (is_plain) return;
  throw UsageError{"'" + std::string{name} +
                   "' cannot be a name: one is a small letter and then small letters, digits and "
                   "dashes, 64 at most"};
}

/// What is there is never written over.
void check_absent(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(path, error))) return;
  throw FileError{path.string() + " is there already, and nothing is written over it"};
}

ExitCode write_scenario(const std::string& name, const std::string& protocol) {
  check_name(name);
  const fs::path file = name + ".json";
  check_absent(file);
  write_file(file, starter_scenario(name, protocol));
  const std::string program = reports::program_name();
  print("wrote " + file.string() + "; next:\n  " + program + " run " + file.string() + "\n");
  return ExitCode::as_expected;
}

/// One program cannot have two protocols of a name, and CMake keeps some names of targets.
void check_protocol_name(std::string_view name) {
  check_name(name);
  if (protocols::find_family(name) != nullptr) {
    throw UsageError{"there is a protocol '" + std::string{name} + "' already"};
  }
  constexpr std::array<std::string_view, 6> reserved{"all",     "clean", "help",
                                                     "install", "test",  "package"};
  if (std::find(reserved.begin(), reserved.end(), name) == reserved.end()) return;
  throw UsageError{"'" + std::string{name} + "' means something else to CMake"};
}

ExitCode write_protocol(const std::string& name) {
  check_protocol_name(name);
  const fs::path folder = name;
  check_absent(folder);
  std::error_code error;
  if (!fs::create_directory(folder, error)) {
    throw FileError{"cannot make the folder " + folder.string() + ": " + error.message()};
  }
  for (const StarterFile& file : starter_protocol(name)) {
    write_file(folder / file.name, file.text);
  }
  print("wrote " + name + "/CMakeLists.txt and " + name + "/" + name + ".cpp; next:\n" +
        "  cmake -S " + name + " -B " + name + "/build -DCMAKE_BUILD_TYPE=Release " +
        "-DCMAKE_PREFIX_PATH=WHERE-INDOUBT-IS-INSTALLED\n" +  //
        "  cmake --build " + name + "/build\n" +              //
        "  " + name + "/build/" + name + " new scenario-of-" + name + " --protocol " + name + "\n");
  return ExitCode::as_expected;
}

ExitCode make_new(const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.operands;
  if (words.size() == 2 && words.front() == "protocol") {
    if (arguments.has("protocol")) throw UsageError{"--protocol is for a scenario"};
    return write_protocol(words.back());
  }
  if (words.size() != 1 || words.front() == "protocol") {
    throw UsageError{"new what? Give the NAME of a scenario, or 'protocol' and a NAME"};
  }
  const std::string protocol = arguments.text("protocol").value_or("two-phase-commit");
  std::vector<std::string_view> names;
  for (const kit::Family& family : protocols::families()) names.push_back(family.info.name);
  check_choice("--protocol", protocol, names);
  return write_scenario(words.front(), protocol);
}

}  // namespace

Verb new_verb() {
  std::vector<std::string_view> protocols;
  for (const kit::Family& family : protocols::families()) protocols.push_back(family.info.name);
  return {
      .name = "new",
      .operands = "[protocol] NAME",
      .example = "indoubt new first --protocol saga",
      .summary = "a scenario, or a protocol, to start from",
      .details =
          "Writes NAME.json, a scenario with comments that runs as expected at once. 'new\n"
          "protocol NAME' writes the folder NAME with a protocol of your own and how to build\n"
          "it against an installed indoubt. What is there already is never written over.",
      .options = {{"protocol", "P", "of the scenario; default: two-phase-commit", {}, protocols}},
      .operand_choices = {"protocol"},
      .run = make_new};
}

}  // namespace indoubt::cli
