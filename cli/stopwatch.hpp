#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace indoubt::cli {

/// Ends something long when its time is up, or when the user interrupts it.
class Stopwatch {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Stopwatch(std::optional<std::chrono::nanoseconds> time);
  ~Stopwatch();
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

  /// Shares out the time that is left: the next of so many pieces of work gets its part of it.
  void begin_part(std::size_t parts_left);
  /// Whether there is an end to the time at all, and it has come.
  bool is_over() const;

  /// Becomes true when it is time to stop.
  const std::atomic<bool>& stop() const { return stop_; }
  bool is_interrupted() const { return interrupted_; }
  std::chrono::milliseconds elapsed() const;

 private:
  void watch();

  const std::atomic<bool>& interrupted_;
  Clock::time_point start_;
  std::optional<Clock::time_point> end_;
  std::optional<Clock::time_point> end_of_part_;
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::condition_variable over_;
  bool is_over_ = false;
  std::thread watcher_;
};

}  // namespace indoubt::cli
