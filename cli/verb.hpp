#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/exit_code.hpp"

namespace indoubt::cli {

/// A subcommand.
struct Verb {
  std::string_view name;
  std::string_view operands;  ///< "FILE..."
  std::string_view example;   ///< as it is typed, with which its help begins
  std::string_view summary;   ///< half a sentence
  std::string_view details;   ///< more of them, for its help
  std::vector<Option> options{};
  std::vector<std::string_view> operand_choices{};  ///< all that the operand can be; empty: files
  ExitCode (*run)(const Arguments& arguments) = nullptr;
};

/// All subcommands, in the order in which help shows them.
std::span<const Verb> verbs();
/// The subcommand of this name, or null.
const Verb* find_verb(std::string_view name);

// One file for each.
Verb run_verb();
Verb explore_verb();
Verb shrink_verb();
Verb compare_verb();
Verb campaign_verb();
Verb trace_verb();
Verb lab_verb();
Verb validate_verb();
Verb lint_verb();
Verb new_verb();
Verb list_verb();
Verb explain_verb();
Verb schema_verb();
Verb completion_verb();
Verb version_verb();
Verb help_verb();

/// What `indoubt --help` and `indoubt help VERB` say.
std::string general_help();
std::string help_of(const Verb& verb);
/// All of it as a manual page, in the roff of man(7).
std::string man_page();
std::string_view exit_codes_text();

/// "indoubt 0.1.0".
std::string version_text();

/// Writes to standard output. Throws `OutputError` if that cannot be done.
void print(std::string_view text);
/// Writes to standard error, after taking a progress bar off the screen.
void complain(std::string_view text);

/// Standard output cannot be written.
class OutputError : public std::runtime_error {
 public:
  OutputError(const std::string& message, bool reader_is_gone)
      : std::runtime_error{message}, is_quiet{reader_is_gone} {}
  bool is_quiet;  ///< nobody reads any more, and that is their business
};

/// Runs the command line and gives the exit code. `words` are the arguments after the program.
ExitCode run_program(const std::vector<std::string>& words);

}  // namespace indoubt::cli
