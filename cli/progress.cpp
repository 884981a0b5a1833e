#include "cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/terminal.hpp"
#include "reports/text/style.hpp"
#include "reports/words.hpp"

namespace indoubt::cli {
namespace {

constexpr std::uint64_t bar_width = 24;
constexpr auto between_bars = std::chrono::milliseconds{100};
constexpr auto before_advice = std::chrono::seconds{3};
constexpr auto between_lines = std::chrono::seconds{10};

// Whether a bar is on the screen: there is one standard error, however many ask.
bool bar_is_shown = false;

/// Of an exhaustive search, by its speed so far. What came from a journal does not count as speed.
struct Forecast {
  std::uint64_t per_second = 0;
  std::uint64_t seconds_left = 0;
};

Forecast forecast(const search::ExhaustiveProgress& search, std::chrono::milliseconds elapsed) {
  const auto milliseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(1, elapsed.count()));
  const std::uint64_t per_second = (search.schedules - search.recalled) * 1000 / milliseconds;
  if (per_second == 0) return {};
  const std::uint64_t left =
      search.search_forecast - std::min(search.search_forecast, search.schedules);
  return {.per_second = per_second, .seconds_left = (left + per_second - 1) / per_second};
}

/// "45s", "12 min", "3 h", "62 days": as exact as a forecast can be.
std::string rough_time(std::uint64_t seconds) {
  constexpr std::uint64_t minute = 60;
  constexpr std::uint64_t hour = 60 * minute;
  constexpr std::uint64_t day = 24 * hour;
  if (seconds < 2 * minute) return std::to_string(seconds) + "s";
  if (seconds < 2 * hour) return std::to_string(seconds / minute) + " min";
  if (seconds < 2 * day) return std::to_string(seconds / hour) + " h";
  return reports::grouped(seconds / day) + " days";
}

}  // namespace

std::string forecast_text(const search::ExhaustiveProgress& search,
                          std::chrono::milliseconds elapsed) {
  const std::uint64_t percent = std::min<std::uint64_t>(
      100, search.schedules_of_level * 100 / std::max<std::uint64_t>(search.level_forecast, 1));
  const std::string text = "level " + std::to_string(search.level) + " of " +
                           std::to_string(search.most_faults) + ", " + std::to_string(percent) +
                           " % done, " + reports::count_of(search.schedules, "schedule");
  const auto [per_second, seconds_left] = forecast(search, elapsed);
  if (per_second == 0) return text;
  return text + ", " + reports::grouped(per_second) + "/s, about " + rough_time(seconds_left) +
         " left";
}

std::string advice_on_long_search(const search::ExhaustiveProgress& search,
                                  std::chrono::milliseconds elapsed) {
  const std::uint64_t seconds = forecast(search, elapsed).seconds_left;
  if (seconds < 3600) return {};
  return "about " + rough_time(seconds) +
         " left. Fewer kinds of fault (--kinds), one cell (--cell) or a smaller K take less; "
         "with --journal FILE a search can be stopped and gone on with.";
}

Progress::Progress(std::uint64_t total_runs, std::string_view unit)
    : total_{std::max<std::uint64_t>(total_runs, 1)},
      unit_{unit},
      has_bar_{is_capable_terminal(2)},
      start_{Clock::now()},
      cell_start_{start_},
      last_{start_} {}

Progress::Progress(std::chrono::nanoseconds time) : Progress{std::uint64_t{1}} {
  time_ = std::chrono::duration_cast<Clock::duration>(time);
}

Progress::~Progress() { clear_line(); }

void Progress::begin_cell(const std::string& name, std::uint64_t runs_before) {
  name_ = name;
  before_ = runs_before;
  cell_start_ = Clock::now();
}

void Progress::update(std::uint64_t runs_of_cell) {
  const Clock::time_point now = Clock::now();
  if (!is_time(now)) return;
  if (time_) return show_time(before_ + runs_of_cell, now);
  const std::uint64_t done = std::min(before_ + runs_of_cell, total_);
  has_bar_ ? show_bar(done, now) : show_line(done, now);
}

bool Progress::is_time(Clock::time_point now) {
  const Clock::duration pause =
      has_bar_ ? Clock::duration{between_bars} : Clock::duration{between_lines};
  if (now - last_ < pause) return false;
  last_ = now;
  return true;
}

void Progress::update(const search::ExhaustiveProgress& search) {
  const Clock::time_point now = Clock::now();
  if (!is_time(now)) return;
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - cell_start_);
  const std::string text = forecast_text(search, elapsed);
  advise(search, elapsed);
  if (has_bar_) {
    const std::uint64_t total = std::max<std::uint64_t>(search.level_forecast, 1);
    return show_bar(std::min(search.schedules_of_level, total), total, text);
  }
  std::fprintf(stderr, "%s, now %s\n", text.c_str(), name_.c_str());
}

void Progress::update(const search::OrdersProgress& search) {
  const Clock::time_point now = Clock::now();
  if (!is_time(now)) return;
  const auto& disorder = search.stage.disorder;
  const std::string text =
      "up to " + reports::count_of(search.stage.faults, "fault") + " of " +
      std::to_string(search.most_faults) + ", " +
      (disorder ? "disorder " + std::to_string(*disorder) : std::string{"all orders"}) + ", " +
      reports::count_of(search.states, "state") + ", depth " + std::to_string(search.depth);
  if (has_bar_) return show_bar(search.stage.faults, search.most_faults + 1, text);
  std::fprintf(stderr, "%s, now %s\n", text.c_str(), name_.c_str());
}

/// Once, when the speed is known: whoever started it may not know what that means.
void Progress::advise(const search::ExhaustiveProgress& search, std::chrono::milliseconds elapsed) {
  if (has_advised_ || elapsed < before_advice) return;
  has_advised_ = true;
  const std::string advice = advice_on_long_search(search, elapsed);
  if (advice.empty()) return;
  clear_line();
  std::fprintf(stderr, "note: %s\n", advice.c_str());
}

std::string Progress::rate_text(std::uint64_t done, Clock::time_point now) const {
  const auto milliseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(
      1, std::chrono::duration_cast<std::chrono::milliseconds>(now - start_).count()));
  const std::uint64_t per_second = done * 1000 / milliseconds;
  if (per_second == 0) return {};
  return ", " + reports::grouped(per_second) + " " + std::string{unit_} + "/s, " +
         std::to_string((total_ - done) / per_second) + "s left";
}

/// Work that ends with its time has no number of runs to come to.
void Progress::show_time(std::uint64_t runs, Clock::time_point now) const {
  const auto seconds = [](Clock::duration time) {
    return static_cast<std::uint64_t>(
        std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(time).count()));
  };
  const std::uint64_t total = std::max<std::uint64_t>(1, seconds(*time_));
  const std::uint64_t done = std::min(seconds(now - start_), total);
  const std::string text = std::to_string(done) + "s of " + std::to_string(total) + "s, " +
                           reports::count_of(runs, "run") + "  " + name_;
  if (has_bar_) return show_bar(done, total, text);
  std::fprintf(stderr, "%s\n", text.c_str());
}

void Progress::show_bar(std::uint64_t done, Clock::time_point now) const {
  show_bar(done, total_,
           std::to_string(done * 100 / total_) + "%" + rate_text(done, now) + "  " + name_);
}

void Progress::show_bar(std::uint64_t done, std::uint64_t total, const std::string& what) const {
  const std::uint64_t filled = done * bar_width / total;
  const std::string bar = std::string(filled, '#') + std::string(bar_width - filled, '.');
  const std::string text = "[" + bar + "] " + what;
  std::fprintf(stderr, "\r\x1b[K%s",
               reports::cut_to(text, terminal_width(STDERR_FILENO) - 2).c_str());
  std::fflush(stderr);
  bar_is_shown = true;
}

void Progress::show_line(std::uint64_t done, Clock::time_point now) const {
  std::fprintf(stderr, "%s of %s %s%s, now %s\n", reports::grouped(done).c_str(),
               reports::grouped(total_).c_str(), std::string{unit_}.c_str(),
               rate_text(done, now).c_str(), name_.c_str());
}

void Progress::clear_line() {
  if (!bar_is_shown) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  bar_is_shown = false;
}

}  // namespace indoubt::cli
