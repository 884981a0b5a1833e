#include "search/exhaustive/forecast.hpp"

#include <algorithm>
#include <limits>

namespace indoubt::search {
namespace {

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

}  // namespace

Forecast::Forecast(std::size_t shares, std::size_t most_faults)
    : most_faults_{most_faults}, followers_(shares), sizes_(shares) {
  for (std::size_t i = 0; i < shares; ++i) followers_[i] = shares - 1 - i;
}

void Forecast::begin_level(std::size_t level) {
  if (level == 3) followers_ = sizes_;  // now known, with those that faults bring about
  std::fill(sizes_.begin(), sizes_.end(), 0);
  level_ = level;
  finished_ += done_;
  done_ = 0;
  guess_ = guess(level);
  later_.clear();
  for (std::size_t later = level + 1; later <= most_faults_; ++later)
    later_.push_back(guess(later));
  guess_done_ = 0;
}

void Forecast::add(std::size_t share, std::uint64_t schedules) {
  sizes_[share] = schedules;
  done_ += schedules;
  guess_done_ += weight(share, level_);
}

/// n^(level-1) / (level-1)!, and at least 1, so that no share weighs nothing.
Forecast::Wide Forecast::weight(std::size_t share, std::size_t level) const {
  constexpr std::uint64_t largest_base = 50'000;  // its seventh power, summed, fits
  const Wide base = std::min(followers_[share], largest_base);
  Wide weight = 1;
  for (std::size_t i = 1; i < level; ++i) weight = weight * base / i;
  return std::max(weight, Wide{1});
}

Forecast::Wide Forecast::guess(std::size_t level) const {
  Wide sum = 0;
  for (std::size_t i = 0; i < followers_.size(); ++i) sum += weight(i, level);
  return sum;
}

std::uint64_t Forecast::of_level() const {
  if (guess_done_ == 0) return static_cast<std::uint64_t>(std::min<Wide>(guess_, largest));
  // Divided first where the product would not fit: then the rest is too small to matter.
  const bool fits = guess_ <= (Wide{1} << 64);
  const Wide sum = fits ? guess_ * done_ / guess_done_ : guess_ / guess_done_ * done_;
  return static_cast<std::uint64_t>(std::min<Wide>(sum, largest));
}

std::uint64_t Forecast::of_search() const {
  const Wide present = std::max<Wide>(of_level(), 1);
  Wide sum = finished_ + present;
  for (const Wide wild : later_) {
    const bool fits = wild <= (Wide{1} << 64);
    sum += fits ? wild * present / std::max<Wide>(guess_, 1)
                : wild / std::max<Wide>(guess_, 1) * present;
    if (sum > largest) return largest;
  }
  return static_cast<std::uint64_t>(sum);
}

}  // namespace indoubt::search
