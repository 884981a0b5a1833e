#pragma once

#include <cstdint>

#include "sim/base/time.hpp"

namespace indoubt::sim {

/// A machine's clock against true time: how fast it runs, and how far off it reads.
class Clock {
 public:
  /// What the machine reads at `now`.
  ClockTime reading(TrueTime now) const { return ClockTime{elapsed(now) + shift_}; }

  /// The true time that passes while the clock counts `length`, rounded up.
  Duration true_length(Duration length) const {
    if (drift_ppb_ == 0) return length;
    __extension__ using Wide = __int128;
    const Wide rate = 1'000'000'000 + static_cast<Wide>(drift_ppb_);
    const Wide scaled = static_cast<Wide>(length.count()) * 1'000'000'000;
    return Duration{static_cast<std::int64_t>((scaled + rate - 1) / rate)};
  }

  void set_drift(TrueTime now, std::int64_t ppb) {
    counted_ = elapsed(now);
    since_ = now;
    drift_ppb_ = ppb;
  }
  void set_offset(TrueTime now, Duration offset) {
    shift_ = now.time_since_epoch() + offset - elapsed(now);
  }
  void jump(Duration by) { shift_ += by; }

  std::int64_t drift_ppb() const { return drift_ppb_; }
  /// What is to be added to true time for a reading, as long as the clock does not drift.
  Duration offset() const { return counted_ - since_.time_since_epoch() + shift_; }
  bool operator==(const Clock&) const = default;

  /// What the clock's rate has counted since the run began: drift acts on it, jumps do not.
  Duration elapsed(TrueTime now) const {
    const Duration passed = now - since_;
    if (drift_ppb_ == 0) return counted_ + passed;
    __extension__ using Wide = __int128;
    const Wide gained = static_cast<Wide>(passed.count()) * drift_ppb_ / 1'000'000'000;
    return counted_ + passed + Duration{static_cast<std::int64_t>(gained)};
  }

 private:
  TrueTime since_{};
  Duration counted_{};
  Duration shift_{};
  std::int64_t drift_ppb_ = 0;
};

}  // namespace indoubt::sim
