#include "scenarios/read/reader.hpp"

#include <utility>

#include "scenarios/text/suggest.hpp"

namespace indoubt::scenarios {

std::string list_known(const std::string& hint, const std::vector<std::string_view>& known) {
  constexpr std::size_t most = 24;  // all protocols and properties, not all kinds of messages
  if (!hint.empty() || known.empty() || known.size() > most) return {};
  std::string text;
  for (const std::string_view name : known) {
    if (!name.empty()) text += (text.empty() ? " (known: " : ", ") + std::string{name};
  }
  return text + ")";
}

void Reader::error(const Value& at, std::string message, std::string suggestion) const {
  if (at.is_reported) return;
  if (!at.variable.empty()) message += " (through ${" + at.variable + "})";
  report.error(at.place, std::move(message), std::move(suggestion));
}

void Reader::error(const Member& at, std::string message, std::string suggestion) const {
  report.error(at.key_place, std::move(message), std::move(suggestion));
}

void Reader::unknown(const Value& at, std::string_view what,
                     const std::vector<std::string_view>& known) const {
  const std::string hint = closest(at.text, known);
  error(at, "unknown " + std::string{what} + " " + in_quotes(at.text) + list_known(hint, known),
        hint);
}

void Reader::wrong_type(const Value& at, std::string_view expected) const {
  error(at, "expected " + std::string{expected} + ", found " + std::string{describe(at.type)});
}

Span opening(const Value& value) {
  return {value.place.file, value.place.begin, value.place.begin + 1};
}

}  // namespace indoubt::scenarios
