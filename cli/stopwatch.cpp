#include "cli/stopwatch.hpp"

#include <algorithm>

#include "cli/interrupt.hpp"

namespace indoubt::cli {
namespace {

constexpr auto between_looks = std::chrono::milliseconds{20};

}  // namespace

Stopwatch::Stopwatch(std::optional<std::chrono::nanoseconds> time)
    : interrupted_{catch_interrupts()}, start_{Clock::now()} {
  if (time) end_ = start_ + std::chrono::duration_cast<Clock::duration>(*time);
  end_of_part_ = end_;
  watcher_ = std::thread{[this] { watch(); }};
}

Stopwatch::~Stopwatch() {
  {
    const std::lock_guard lock{mutex_};
    is_over_ = true;
  }
  over_.notify_one();
  watcher_.join();
}

void Stopwatch::begin_part(std::size_t parts_left) {
  if (!end_ || interrupted_ || parts_left == 0) return;
  const std::lock_guard lock{mutex_};
  const Clock::time_point now = Clock::now();
  const auto left = std::max(Clock::duration{0}, *end_ - now);
  end_of_part_ = now + left / static_cast<Clock::rep>(parts_left);
  stop_ = false;
}

bool Stopwatch::is_over() const { return interrupted_ || (end_ && Clock::now() >= *end_); }

std::chrono::milliseconds Stopwatch::elapsed() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start_);
}

/// A signal handler can only set a flag. This thread looks at it again and again.
void Stopwatch::watch() {
  std::unique_lock lock{mutex_};
  while (!over_.wait_for(lock, between_looks, [this] { return is_over_; })) {
    if (interrupted_ || (end_of_part_ && Clock::now() >= *end_of_part_)) stop_ = true;
  }
}

}  // namespace indoubt::cli
