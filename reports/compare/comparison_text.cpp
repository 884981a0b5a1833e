#include "reports/compare/comparison.hpp"
#include "reports/compare/measures.hpp"
#include "reports/compare/sections.hpp"
#include "reports/markdown.hpp"
#include "reports/text/sections.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

constexpr std::string_view indent = "  ";
constexpr std::string_view partial = "Partial: not everything that was asked for was run.";

Table table_of(const Section& section) {
  Table table;
  for (const Section::Column& column : section.columns)
    table.add_column(column.heading, column.align);
  for (const auto& row : section.rows) table.add_row(row);
  return table;
}

std::string section_text(const Section& section, const Style& style) {
  std::string text = toned(style, Tone::strong, section.title) + "\n";
  if (!section.note.empty()) text += wrapped(section.note, style.width, std::string{indent});
  return text + table_of(section).text_within(style.width, 1, std::string{indent});
}

std::string section_markdown(const Section& section, bool is_first) {
  std::string text = (is_first ? "" : "\n") + std::string{"## "} + section.title + "\n";
  if (!section.note.empty()) text += "\n" + section.note + ".\n";
  if (section.columns.empty()) return text;
  return text + "\n" + markdown_table(section.columns, section.rows);
}

}  // namespace

std::string comparison_text(const Comparison& comparison, const Style& style) {
  const auto results = comparison.results;
  std::string text = comparison.is_complete ? "" : std::string{partial} + "\n";
  for (const Section& section : sections_of(results, style)) {
    text += (text.empty() ? "" : "\n") + section_text(section, style);
  }
  const std::vector<std::string> headings = headings_of(results);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::string notes = notes_section(results[i], style);
    if (!notes.empty()) text += "\n" + headings[i] + ": notes\n" + notes;
  }
  return text;
}

std::string comparison_markdown(const Comparison& comparison) {
  const auto results = comparison.results;
  std::string text = comparison.is_complete ? "" : "**" + std::string{partial} + "**\n";
  for (Section& section : sections_of(results, {.colour = false, .unicode = true})) {
    if (section.note.ends_with('.')) section.note.pop_back();
    text += section_markdown(section, text.empty());
  }
  const std::vector<std::string> headings = headings_of(results);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::string notes = notes_section(results[i], {.width = 1000});
    if (!notes.empty()) text += "\n## " + headings[i] + ": notes\n\n" + notes;
  }
  return text;
}

}  // namespace indoubt::reports
