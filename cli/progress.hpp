#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "search/exhaustive/exhaustive.hpp"
#include "search/orders/orders.hpp"

namespace indoubt::cli {

/// "level 2 of 3, 45 % done, 1,234,567 schedules, 300,000/s, about 12s left": how far an
/// exhaustive search is after so long. What came from a journal does not count as speed.
std::string forecast_text(const search::ExhaustiveProgress& search,
                          std::chrono::milliseconds elapsed);

/// What a search that would take more than an hour may be cut down to, and how it can be gone on
/// with; empty for one that takes less.
std::string advice_on_long_search(const search::ExhaustiveProgress& search,
                                  std::chrono::milliseconds elapsed);

/// Tells on standard error how far a long run is: a bar on a terminal, elsewhere a plain line every
/// ten seconds. Nothing of it comes into results.
class Progress {
 public:
  /// Of work that ends when so many runs are made.
  explicit Progress(std::uint64_t total_runs, std::string_view unit = "runs");
  /// Of work that ends when the time is over.
  explicit Progress(std::chrono::nanoseconds time);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Runs of cells that are done, and what runs now.
  void begin_cell(const std::string& name, std::uint64_t runs_before);
  /// Runs of the present cell that are done. May come from any thread, one at a time.
  void update(std::uint64_t runs_of_cell);
  /// How far the present cell's exhaustive search is. The same from any thread.
  void update(const search::ExhaustiveProgress& search);
  /// How far its search over orders is.
  void update(const search::OrdersProgress& search);

  /// Takes the bar off the screen, so that other text can be written.
  static void clear_line();

 private:
  using Clock = std::chrono::steady_clock;

  bool is_time(Clock::time_point now);
  void advise(const search::ExhaustiveProgress& search, std::chrono::milliseconds elapsed);
  std::string rate_text(std::uint64_t done, Clock::time_point now) const;
  void show_bar(std::uint64_t done, Clock::time_point now) const;
  void show_bar(std::uint64_t done, std::uint64_t total, const std::string& text) const;
  void show_line(std::uint64_t done, Clock::time_point now) const;
  void show_time(std::uint64_t runs, Clock::time_point now) const;

  std::uint64_t total_;
  std::string_view unit_ = "runs";
  std::optional<Clock::duration> time_;
  std::uint64_t before_ = 0;
  std::string name_;
  bool has_advised_ = false;
  bool has_bar_;
  Clock::time_point start_;
  Clock::time_point cell_start_;
  Clock::time_point last_;
};

}  // namespace indoubt::cli
