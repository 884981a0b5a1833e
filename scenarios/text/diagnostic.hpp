#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "scenarios/text/excerpt.hpp"

namespace indoubt::scenarios {

enum class Severity : std::uint8_t { error, warning };

/// One thing to tell the author of a scenario, with its place.
struct Diagnostic {
  std::string file;
  std::size_t line = 0;    ///< from 1; 0: about the file as a whole
  std::size_t column = 0;  ///< from 1, in Unicode characters
  std::size_t width = 1;   ///< characters to underline
  Severity severity = Severity::error;
  std::string message;
  std::string suggestion;  ///< what was probably meant, or empty
  Excerpt excerpt;         ///< of its line
  bool operator==(const Diagnostic&) const = default;
};

/// How many diagnostics are shown before "and N more".
inline constexpr std::size_t most_diagnostics_shown = 20;

/// "file:line:column: error: message; did you mean 'x'?", without the source line.
std::string headline(const Diagnostic& diagnostic);

/// The headline, the line it is about and a caret, each ended by a newline.
std::string format(const Diagnostic& diagnostic);

/// All of them, up to `most_diagnostics_shown`, then "and N more".
std::string format(std::span<const Diagnostic> diagnostics);

}  // namespace indoubt::scenarios
