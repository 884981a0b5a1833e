#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace indoubt::cli {

/// Tells on standard error how far a long run is: a bar on a terminal, elsewhere a plain line every
/// ten seconds. Nothing of it comes into results.
class Progress {
 public:
  explicit Progress(std::uint64_t total_runs);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Runs of cells that are done, and what runs now.
  void begin_cell(const std::string& name, std::uint64_t runs_before);
  /// Runs of the present cell that are done. May come from any thread, one at a time.
  void update(std::uint64_t runs_of_cell);

  /// Takes the bar off the screen, so that other text can be written.
  static void clear_line();

 private:
  using Clock = std::chrono::steady_clock;

  std::string rate_text(std::uint64_t done, Clock::time_point now) const;
  void show_bar(std::uint64_t done, Clock::time_point now) const;
  void show_line(std::uint64_t done, Clock::time_point now) const;

  std::uint64_t total_;
  std::uint64_t before_ = 0;
  std::string name_;
  bool has_bar_;
  Clock::time_point start_;
  Clock::time_point last_;
};

}  // namespace indoubt::cli
