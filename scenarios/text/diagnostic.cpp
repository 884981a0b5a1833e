#include "scenarios/text/diagnostic.hpp"

#include <algorithm>
#include <string_view>

namespace indoubt::scenarios {
namespace {

std::string_view name_of(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

}  // namespace

std::string headline(const Diagnostic& diagnostic) {
  std::string text = printable(diagnostic.file);
  if (diagnostic.line > 0) {
    text += ":" + std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column);
  }
  text += ": ";
  text += name_of(diagnostic.severity);
  text += ": " + diagnostic.message;
  const std::string& suggestion = diagnostic.suggestion;
  if (suggestion.empty()) return text;
  const std::string quote = suggestion.starts_with('"') ? "" : "'";
  return text + "; did you mean " + quote + suggestion + quote + "?";
}

std::string format(const Diagnostic& diagnostic) {
  std::string text = headline(diagnostic) + "\n";
  if (diagnostic.line == 0) return text;
  const Excerpt& shown = diagnostic.excerpt;
  std::string number = std::to_string(diagnostic.line);
  if (number.size() < 5) number.insert(0, 5 - number.size(), ' ');
  text += number + " | " + shown.text + "\n";
  return text + std::string(number.size(), ' ') + " | " + shown.underline + "\n";
}

std::string format(std::span<const Diagnostic> diagnostics) {
  const std::size_t shown = std::min(diagnostics.size(), most_diagnostics_shown);
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.first(shown)) text += format(diagnostic);
  const std::size_t rest = diagnostics.size() - shown;
  if (rest > 0) text += "and " + std::to_string(rest) + " more\n";
  return text;
}

}  // namespace indoubt::scenarios
