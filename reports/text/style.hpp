#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "properties/property.hpp"
#include "reports/scenario_result.hpp"

namespace indoubt::reports {

/// How text may look where it is read. What decides it, the terminal and its environment, is the
/// command line's to know.
struct Style {
  bool colour = false;
  bool unicode = false;
  std::size_t width = 96;  ///< columns
};

/// What a piece of text says about itself by its colour. A glyph and a word always say it, too.
enum class Tone { plain, good, bad, open, quiet, strong };

/// The text in the colour of its tone, if there are colours.
std::string toned(const Style& style, Tone tone, const std::string& text);
/// As much of the text as fits into so many columns.
std::string cut_to(std::string_view text, std::size_t width);
/// The line above a part of a report.
std::string heading(const Style& style, const std::string& text);

/// "✓", "✗", "?"; "+", "x", "?" without Unicode.
std::string_view glyph(const Style& style, properties::Verdict verdict);
std::string_view glyph(const Style& style, Met met);
Tone tone_of(properties::Verdict verdict);
Tone tone_of(Met met);

/// "✓ holds".
std::string marked(const Style& style, properties::Verdict verdict);

/// The verdict that looks like this conclusion.
Met met_of(Conclusion conclusion);

/// What the terminal cannot show is shown otherwise: "->" for an arrow, "-" for a dash.
struct Signs {
  std::string_view dash;
  std::string_view arrow;
  std::string_view arrow_in;
  std::string_view times;
};
/// "✓ as expected"; without a sign where nothing was expected.
std::string conclusion_mark(const Style& style, Conclusion conclusion);

const Signs& signs(const Style& style);

/// Columns that the text takes on a terminal: its characters, escape sequences apart.
std::size_t columns(std::string_view text);

/// The text followed by blanks up to a width.
std::string padded(const std::string& text, std::size_t width);

/// The text in lines of at most `width` columns, broken at blanks, each after `indent`. The first
/// line comes after `first`, which should be as wide. Every line ends with a newline.
std::string wrapped(std::string_view text, std::size_t width, const std::string& first,
                    const std::string& indent);
/// The same with one indent.
inline std::string wrapped(std::string_view text, std::size_t width, const std::string& indent) {
  return wrapped(text, width, indent, indent);
}

}  // namespace indoubt::reports
