#include "scenarios/text/report.hpp"

#include <algorithm>
#include <utility>

namespace indoubt::scenarios {

void Report::error(Span place, std::string message, std::string suggestion) {
  ++error_count_;
  add({place, Severity::error, std::move(message), std::move(suggestion)});
}

void Report::warning(Span place, std::string message, std::string suggestion) {
  add({place, Severity::warning, std::move(message), std::move(suggestion)});
}

void Report::add(Note note) {
  if (!seen_.emplace(note.place.file, note.place.begin, note.message).second) return;
  std::size_t& kept = note.severity == Severity::error ? kept_errors_ : kept_warnings_;
  if (kept == most_notes) return;
  ++kept;
  notes_.push_back(std::move(note));
}

std::vector<Diagnostic> Report::diagnostics(const Sources& sources, Severity severity) const {
  std::vector<const Note*> chosen;
  for (const Note& note : notes_) {
    if (note.severity == severity) chosen.push_back(&note);
  }
  std::stable_sort(chosen.begin(), chosen.end(), [](const Note* a, const Note* b) {
    return std::tie(a->place.file, a->place.begin) < std::tie(b->place.file, b->place.begin);
  });
  std::vector<Diagnostic> result;
  for (const Note* note : chosen) {
    const Source& source = sources[note->place.file];
    const Position position = position_of(source.text, note->place.begin);
    const std::string_view line = line_around(source.text, note->place.begin);
    const std::size_t begin = std::min(note->place.begin, source.text.size());
    const std::string_view marked =
        std::string_view{source.text}.substr(begin, note->place.end - note->place.begin);
    const auto offset = static_cast<std::size_t>(source.text.data() + begin - line.data());
    const std::size_t width =
        std::max<std::size_t>(1, count_characters(marked.substr(0, marked.find_first_of("\r\n"))));
    result.push_back({source.name, position.line, position.column, width, severity, note->message,
                      note->suggestion, excerpt(line, offset, width)});
  }
  return result;
}

}  // namespace indoubt::scenarios
