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

Progress::Progress(std::uint64_t total_runs)
    : total_{std::max<std::uint64_t>(total_runs, 1)},
      has_bar_{is_capable_terminal(2)},
      start_{Clock::now()},
      last_{start_} {}

Progress::~Progress() { clear_line(); }

void Progress::begin_cell(const std::string& name, std::uint64_t runs_before) {
  name_ = name;
  before_ = runs_before;
}

void Progress::update(std::uint64_t runs_of_cell) {
  const Clock::time_point now = Clock::now();
  const Clock::duration pause = has_bar_ ? Clock::duration{between_bars} : Clock::duration{between_lines};
  if (now - last_ < pause) return;
  last_ = now;
  const std::uint64_t done = std::min(before_ + runs_of_cell, total_);
  has_bar_ ? show_bar(done, now) : show_line(done, now);
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
  const std::uint64_t filled = done * bar_width / total_;
  const std::string bar = std::string(filled, '#') + std::string(bar_width - filled, '.');
  const std::string text = "[" + bar + "] " + std::to_string(done * 100 / total_) + "%" +
                           rate_text(done, now) + "  " + name_;
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
