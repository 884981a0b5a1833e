#include <algorithm>

#include "reports/compare/comparison.hpp"
#include "reports/compare/measures.hpp"
#include "reports/compare/sections.hpp"
#include "reports/compare/settings_compared.hpp"
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

/// "✗ partition: lost by ...", in as many lines as it takes.
std::string sentence_text(const Sentence& sentence, const Style& style) {
  const bool has_sign = sentence.sign != properties::Verdict::not_applicable;
  if (!has_sign) return wrapped(sentence.text(), style.width, "  ", "    ");
  const std::string mark =
      toned(style, tone_of(sentence.sign), std::string{glyph(style, sentence.sign)});
  return wrapped(sentence.text(), style.width, "  " + mark + " ", "    ");
}

std::string section_text(const Section& section, const Style& style) {
  std::string text = toned(style, Tone::strong, section.title) + "\n";
  if (!section.note.empty()) text += wrapped(section.note, style.width, std::string{indent});
  for (const Sentence& sentence : section.sentences) text += sentence_text(sentence, style);
  if (section.columns.empty()) return text;
  return text + table_of(section).text_within(style.width, 1, std::string{indent});
}

std::string sentence_markdown(const Sentence& sentence, const Style& style) {
  const bool has_sign = sentence.sign != properties::Verdict::not_applicable;
  return "- " + (has_sign ? std::string{glyph(style, sentence.sign)} + " " : "") +
         sentence.markdown() + "\n";
}

std::string section_markdown(const Section& section, const Style& style) {
  std::string text = "\n## " + section.title + "\n";
  if (!section.note.empty()) text += "\n" + section.note + ".\n";
  if (!section.sentences.empty()) text += "\n";
  for (const Sentence& sentence : section.sentences) text += sentence_markdown(sentence, style);
  if (section.columns.empty()) return text;
  return text + "\n" + markdown_table(section.columns, section.rows);
}

/// "seeds 1 to 300", "seed 7".
std::string seeds_text(const ScenarioResult& result) {
  const search::CellResult& first = result.cells.front().result;
  if (first.runs == 1) return "seed " + std::to_string(first.first_seed);
  return "seeds " + std::to_string(first.first_seed) + " to " +
         std::to_string(first.first_seed + first.runs - 1);
}

/// What was run: each class with its file, seeds and faults.
std::string classes_markdown(std::span<const ScenarioResult> results) {
  constexpr std::size_t most_faults = 6;
  std::string text = "\n## Classes of fault\n\n";
  const std::vector<std::string> headings = headings_of(results);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const ScenarioResult& result = results[i];
    text += "- **" + headings[i] + "** (`" + result.scenario.file + "`, " +
            count_of(result.cells.size(), "cell") + ", " + seeds_text(result) +
            "): " + result.scenario.description + "\n";
    const std::vector<std::string> faults = faults_in_words(result);
    for (std::size_t j = 0; j < std::min(faults.size(), most_faults); ++j) {
      text += "  - " + faults[j] + "\n";
    }
    if (faults.size() > most_faults) {
      text += "  - " + std::to_string(faults.size() - most_faults) + " more\n";
    }
  }
  return text;
}

std::string settings_markdown(std::span<const ScenarioResult> results) {
  const SettingsCompared settings = settings_compared(results);
  const auto lines = [](const std::vector<SettingsCompared::Line>& all) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& line : all) rows.push_back({line.name, line.value, line.whose});
    return rows;
  };
  std::string text = "\n## Settings\n";
  if (!settings.equal.empty()) {
    text += "\nEqual in all cells: ";
    for (std::size_t i = 0; i < settings.equal.size(); ++i) {
      text += (i == 0 ? "`" : ", `") + settings.equal[i].name + "` " + settings.equal[i].value;
    }
    text += ".\n";
  }
  if (!settings.different.empty()) {
    text += "\nDifferent, and not the protocol:\n\n" +
            markdown_table({{"setting"}, {"value"}, {"whose"}}, lines(settings.different));
  }
  for (const std::string& warning : settings.warnings) text += "\n> " + warning + "\n";
  return text;
}

std::string headline_markdown(const Comparison& comparison) {
  std::string text = "# " + title_of(comparison.results) + "\n\n" + lead_text(comparison.results) +
                     " indoubt " INDOUBT_VERSION ".\n";
  return comparison.is_complete ? text : text + "\n**" + std::string{partial} + "**\n";
}

}  // namespace

std::string comparison_text(const Comparison& comparison, const Style& style) {
  const auto results = comparison.results;
  std::string text = comparison.is_complete ? "" : std::string{partial} + "\n";
  if (!results.empty()) text += wrapped(lead_text(results), style.width, "");
  for (const Section& section : sections_of(results, style)) {
    text += "\n" + section_text(section, style);
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
  const Style style{.colour = false, .unicode = true};
  std::string text = headline_markdown(comparison);
  if (!results.empty()) text += classes_markdown(results) + settings_markdown(results);
  for (Section& section : sections_of(results, style)) {
    if (section.note.ends_with('.')) section.note.pop_back();
    text += section_markdown(section, style);
  }
  const std::vector<std::string> headings = headings_of(results);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::string notes = notes_section(results[i], {.width = 1000});
    if (!notes.empty()) text += "\n## " + headings[i] + ": notes\n\n" + notes;
  }
  return text;
}

}  // namespace indoubt::reports
