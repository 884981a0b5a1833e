#include "cli/progress.hpp"

#include <algorithm>
#include <cstdio>

#include "cli/terminal.hpp"
#include "reports/words.hpp"

namespace indoubt::cli {
namespace {

constexpr std::uint64_t bar_width = 24;
constexpr auto between_bars = std::chrono::milliseconds{100};
constexpr auto between_lines = std::chrono::seconds{10};

// Whether a bar is on the screen: there is one standard error, however many ask.
bool bar_is_shown = false;

}  // namespace

std::string forecast_text(const search::ExhaustiveProgress& search, std::chrono::milliseconds elapsed) {
  const std::uint64_t percent =
      std::min<std::uint64_t>(100, search.schedules_of_level * 100 / std::max<std::uint64_t>(search.level_forecast, 1));
  std::string text = "level " + std::to_string(search.level) + " of " + std::to_string(search.most_faults) +
                     ", " + std::to_string(percent) + " % done, " +
                     reports::count_of(search.schedules, "schedule");
  const auto milliseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(1, elapsed.count()));
  const std::uint64_t per_second = (search.schedules - search.recalled) * 1000 / milliseconds;
  if (per_second == 0) return text;
  const std::uint64_t left = search.search_forecast - std::min(search.search_forecast, search.schedules);
  return text + ", " + reports::grouped(per_second) + "/s, about " +
         reports::grouped((left + per_second - 1) / per_second) + " s left";
}

Progress::Progress(std::uint64_t total_runs)
    : total_{std::max<std::uint64_t>(total_runs, 1)},
      has_bar_{is_capable_terminal(2)},
      start_{Clock::now()},
      cell_start_{start_},
      last_{start_} {}

Progress::~Progress() { clear_line(); }

void Progress::begin_cell(const std::string& name, std::uint64_t runs_before) {
  name_ = name;
  before_ = runs_before;
  cell_start_ = Clock::now();
}

void Progress::update(std::uint64_t runs_of_cell) {
  const Clock::time_point now = Clock::now();
  if (!is_time(now)) return;
  const std::uint64_t done = std::min(before_ + runs_of_cell, total_);
  has_bar_ ? show_bar(done, now) : show_line(done, now);
}

bool Progress::is_time(Clock::time_point now) {
  const Clock::duration pause = has_bar_ ? Clock::duration{between_bars} : Clock::duration{between_lines};
  if (now - last_ < pause) return false;
  last_ = now;
  return true;
}

void Progress::update(const search::ExhaustiveProgress& search) {
  const Clock::time_point now = Clock::now();
  if (!is_time(now)) return;
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - cell_start_);
  const std::string text = forecast_text(search, elapsed);
  if (has_bar_) {
    const std::uint64_t total = std::max<std::uint64_t>(search.level_forecast, 1);
    return show_bar(std::min(search.schedules_of_level, total), total, text);
  }
  std::fprintf(stderr, "%s, now %s\n", text.c_str(), name_.c_str());
}

std::string Progress::rate_text(std::uint64_t done, Clock::time_point now) const {
  const auto milliseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(
      1, std::chrono::duration_cast<std::chrono::milliseconds>(now - start_).count()));
  const std::uint64_t per_second = done * 1000 / milliseconds;
  if (per_second == 0) return {};
  return ", " + reports::grouped(per_second) + " runs/s, " +
         std::to_string((total_ - done) / per_second) + "s left";
}

void Progress::show_bar(std::uint64_t done, Clock::time_point now) const {
  show_bar(done, total_, std::to_string(done * 100 / total_) + "%" + rate_text(done, now) + "  " + name_);
}

void Progress::show_bar(std::uint64_t done, std::uint64_t total, const std::string& what) const {
  const std::uint64_t filled = done * bar_width / total;
  const std::string bar = std::string(filled, '#') + std::string(bar_width - filled, '.');
  const std::string text = "[" + bar + "] " + what;
  std::fprintf(stderr, "\r\x1b[K%s", text.substr(0, 78).c_str());
  std::fflush(stderr);
  bar_is_shown = true;
}

void Progress::show_line(std::uint64_t done, Clock::time_point now) const {
  std::fprintf(stderr, "%s of %s runs%s, now %s\n", reports::grouped(done).c_str(),
               reports::grouped(total_).c_str(), rate_text(done, now).c_str(), name_.c_str());
}

void Progress::clear_line() {
  if (!bar_is_shown) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  bar_is_shown = false;
}

}  // namespace indoubt::cli
