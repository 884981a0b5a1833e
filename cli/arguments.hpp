#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace indoubt::cli {

/// The command line makes no sense. The message is for the user who typed it.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The command line is right, and a file cannot be read or written: the disk is full, something may
/// not be done, a folder is missing.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An option of a verb: parsing, help and completion are made from this.
struct Option {
  std::string_view name;   ///< "seed"
  std::string_view value;  ///< "N"; empty: a flag
  std::string_view doc;
  std::vector<std::string_view> choices{};  ///< all values that it can have; empty: any
  std::vector<std::string_view> known{};  ///< values that a shell offers besides, too many for help
  std::string_view letter{};              ///< "o": its short form is -o; empty: it has none
};

/// What was typed after a verb.
struct Arguments {
  std::map<std::string, std::string, std::less<>> options{};
  std::vector<std::string> operands{};

  bool has(std::string_view name) const { return options.find(name) != options.end(); }
  /// The value of an option, or nothing.
  std::optional<std::string> text(std::string_view name) const;
  /// The value of an option as a number of a range, or nothing. Throws `UsageError`.
  std::optional<std::uint64_t> number(std::string_view name, std::uint64_t least,
                                      std::uint64_t most) const;
  /// The value of an option as a time of more than nothing, or nothing. What is wrong is told with
  /// the example, as "60s". Throws `UsageError`.
  std::optional<std::chrono::nanoseconds> duration(std::string_view name,
                                                   std::string_view example) const;
  /// As `number`, of one that takes several, with commas between them; none if it is not given.
  std::vector<std::uint64_t> numbers(std::string_view name, std::uint64_t least,
                                     std::uint64_t most) const;
};

/// Sorts out what was typed after a verb. Throws `UsageError`.
Arguments parse_arguments(std::span<const Option> options, const std::vector<std::string>& words);

/// The options, each with its doc, as `--help` shows them.
std::string help_of(std::span<const Option> options);

/// "; did you mean 'x'?", or nothing if no candidate is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);
/// Throws `UsageError` unless the word is one of the known ones.
void check_choice(std::string_view what, std::string_view word,
                  std::span<const std::string_view> known);

}  // namespace indoubt::cli
