#include "reports/text/told_apart.hpp"

#include <algorithm>
#include <optional>

#include "reports/text/style.hpp"

namespace indoubt::reports {
namespace {

using Texts = std::vector<std::string>;

/// Not in the middle of a character of several bytes.
std::size_t boundary_at_or_before(const std::string& text, std::size_t position) {
  const auto continues = [&] {
    return (static_cast<unsigned char>(text[position]) & 0xC0U) == 0x80U;
  };
  while (position > 0 && position < text.size() && continues()) --position;
  return position;
}

std::string shortened(const std::string& text, std::size_t width) {
  if (columns(text) <= width) return text;
  return text.substr(0, boundary_at_or_before(text, width - 2)) + "..";
}

/// Where a value begins to differ from one of those with the same label.
std::optional<std::size_t> difference(const Texts& values, const Texts& labels, std::size_t own) {
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (labels[i] != labels[own] || values[i] == values[own]) continue;
    const auto ends =
        std::mismatch(values[i].begin(), values[i].end(), values[own].begin(), values[own].end());
    const auto at = static_cast<std::size_t>(ends.second - values[own].begin());
    first = std::min(at, first.value_or(at));
  }
  return first;
}

/// The part of the text around a position, from a member of the object on where there is one.
std::string part_around(const std::string& text, std::size_t position, std::size_t width) {
  std::size_t begin = boundary_at_or_before(text, position - std::min(position, width / 2));
  const std::size_t member = text.find(',', begin);
  if (member < position) begin = member + 1;
  return shortened(".." + text.substr(begin), width);
}

std::size_t position_of(const Texts& values, std::size_t own) {
  Texts different;
  for (const std::string& value : values) {
    const auto known = std::find(different.begin(), different.end(), value);
    if (known == different.end()) different.push_back(value);
    if (value == values[own]) break;
  }
  return different.size();
}

}  // namespace

Texts told_apart(const Texts& values, std::size_t width) {
  Texts labels;
  for (const std::string& value : values) labels.push_back(shortened(value, width));
  Texts parts = labels;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::optional<std::size_t> at = difference(values, labels, i);
    if (at) parts[i] = part_around(values[i], *at, width);
  }
  Texts told = parts;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (difference(values, parts, i)) told[i] = "#" + std::to_string(position_of(values, i));
  }
  return told;
}

}  // namespace indoubt::reports
