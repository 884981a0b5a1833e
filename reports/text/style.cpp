#include "reports/text/style.hpp"

#include <algorithm>

namespace indoubt::reports {
namespace {

using properties::Verdict;

std::string_view escape_of(Tone tone) {
  switch (tone) {
    case Tone::plain: return "";
    case Tone::good: return "\x1b[32m";
    case Tone::bad: return "\x1b[31;1m";
    case Tone::open: return "\x1b[33m";
    case Tone::quiet: return "\x1b[2m";
    case Tone::strong: return "\x1b[1m";
  }
  return "";
}

Verdict verdict_like(Met met) {
  if (met == Met::yes) return Verdict::holds;
  return met == Met::no ? Verdict::violated : Verdict::unknown;
}

constexpr Signs plain_signs{"-", "->", "<-", "x"};
constexpr Signs unicode_signs{"—", "→", "←", "×"};

}  // namespace

std::string toned(const Style& style, Tone tone, const std::string& text) {
  if (!style.colour || tone == Tone::plain || text.empty()) return text;
  return std::string{escape_of(tone)} + text + "\x1b[0m";
}

std::string heading(const Style& style, const std::string& text) {
  return "  " + toned(style, Tone::strong, text) + "\n";
}

std::string_view glyph(const Style& style, Verdict verdict) {
  switch (verdict) {
    case Verdict::holds: return style.unicode ? "✓" : "+";
    case Verdict::violated: return style.unicode ? "✗" : "x";
    case Verdict::owed: return style.unicode ? "◐" : "o";
    case Verdict::not_applicable: return style.unicode ? "·" : "-";
    case Verdict::unknown: break;
  }
  return "?";
}

std::string_view glyph(const Style& style, Met met) { return glyph(style, verdict_like(met)); }

Tone tone_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds: return Tone::good;
    case Verdict::violated: return Tone::bad;
    case Verdict::not_applicable: return Tone::quiet;
    case Verdict::owed:
    case Verdict::unknown: break;
  }
  return Tone::open;
}

Tone tone_of(Met met) { return tone_of(verdict_like(met)); }

std::string marked(const Style& style, Verdict verdict) {
  const std::string text =
      std::string{glyph(style, verdict)} + " " + std::string{properties::name_of(verdict)};
  return toned(style, tone_of(verdict), text);
}

Met met_of(Conclusion conclusion) {
  switch (conclusion) {
    case Conclusion::as_expected: return Met::yes;
    case Conclusion::not_as_expected: return Met::no;
    case Conclusion::inconclusive:
    case Conclusion::no_expectations: break;
  }
  return Met::inconclusive;
}

std::string conclusion_mark(const Style& style, Conclusion conclusion) {
  const std::string name{name_of(conclusion)};
  if (conclusion == Conclusion::no_expectations) return name;
  return std::string{glyph(style, met_of(conclusion))} + " " + name;
}

const Signs& signs(const Style& style) { return style.unicode ? unicode_signs : plain_signs; }

}  // namespace indoubt::reports
