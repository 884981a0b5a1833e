#include <algorithm>

#include "reports/text/style.hpp"
#include "reports/trace/story.hpp"

namespace indoubt::reports {
namespace {

/// The most faults in a row that are all told. Of a longer row, only the first and the last are.
constexpr std::size_t most_faults_in_row = 8;
constexpr std::size_t shown_of_many = 3;

Tone tone_of_line(const StoryLine& line) {
  if (line.type == StoryLine::Type::fault) return Tone::bad;
  if (line.type == StoryLine::Type::note) return Tone::quiet;
  return line.what.starts_with("= ") ? Tone::strong : Tone::plain;
}

/// Replaces the middle of every long stretch of faults by one line that counts it.
std::vector<StoryLine> without_long_stretches(const std::vector<StoryLine>& lines) {
  std::vector<StoryLine> kept;
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t end = i;
    while (end < lines.size() && lines[end].type == StoryLine::Type::fault) ++end;
    const std::size_t length = end - i;
    for (; i < end; ++i) {
      const std::size_t left = end - i;
      const std::size_t seen = length - left;
      const bool is_cut =
          length > most_faults_in_row && seen >= shown_of_many && left > shown_of_many;
      if (!is_cut) kept.push_back(lines[i]);
      if (is_cut && seen == shown_of_many) {
        kept.push_back({.type = StoryLine::Type::note,
                        .time = lines[i].time,
                        .who = "",
                        .what = "... " + std::to_string(length - 2 * shown_of_many) +
                                " more such lines, which do not meet this order"});
      }
    }
    if (i < lines.size()) kept.push_back(lines[i++]);
  }
  return kept;
}

/// The same, with blanks where the line before says the same.
std::string prefix_of(const StoryLine& line, const StoryLine* before, std::size_t name_width) {
  constexpr std::size_t time_width = 9;
  const bool same_time = before != nullptr && before->time == line.time;
  const bool same_who = same_time && before->who == line.who;
  std::string time = same_time ? "" : clock_face(line.time);
  time.insert(0, time_width - std::min(time_width, time.size()), ' ');
  return time + "  " + padded(same_who ? "" : line.who, name_width) + "  ";
}

}  // namespace

std::string clock_face(sim::Duration since_start) {
  const bool is_negative = since_start.count() < 0;
  const std::int64_t milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(since_start).count();
  std::string digits = std::to_string(is_negative ? -milliseconds : milliseconds);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  digits.insert(digits.size() - 3, ".");
  return (is_negative ? "-" : "") + digits + "s";
}

std::string story_text(const std::vector<StoryLine>& all, const Style& style) {
  const std::vector<StoryLine> lines = without_long_stretches(all);
  std::size_t name_width = 0;
  for (const StoryLine& line : lines) name_width = std::max(name_width, columns(line.who));
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const StoryLine* before = i == 0 ? nullptr : &lines[i - 1];
    const std::string prefix = prefix_of(lines[i], before, name_width);
    const std::string indent(columns(prefix) + 2, ' ');
    const std::string mark = lines[i].about.empty() ? "" : "[" + lines[i].about + "] ";
    std::string block = wrapped(mark + lines[i].what, style.width, prefix, indent);
    const std::size_t start = prefix.size();
    block.pop_back();
    text +=
        block.substr(0, start) + toned(style, tone_of_line(lines[i]), block.substr(start)) + "\n";
  }
  return text;
}

}  // namespace indoubt::reports
