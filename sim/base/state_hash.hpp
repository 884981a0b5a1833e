#pragma once

#include <bit>
#include <cstdint>
#include <optional>

#include "sim/base/mix.hpp"
#include "sim/base/time.hpp"

namespace indoubt::sim {

/// 128 bits that stand for a state: of states that differ, one pair in 2^128 has the same.
struct Fingerprint {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  bool operator==(const Fingerprint&) const = default;
};

/// A running hash of a state, made so that states which cannot differ in anything that is to come
/// are alike. Two lanes of `mix` with different keys.
///
/// Times. Without an epoch they are hashed as they are. From an epoch on (`measure_from`), a time
/// is hashed by how far ahead it is, and what is over is all alike: whoever compares a time with a
/// clock asks only whether it has come. Where a clock may yet be set back, what is over may come
/// again: measure from as much earlier as it may be set back. `never` and `no_expiry` stay what
/// they are.
///
/// Positions on a log. Once it is known where numbering begins (`number_from`), a position is
/// hashed by how far behind that it is, and those before are all alike: what is there is done with.
class StateHash {
 public:
  explicit StateHash(std::uint64_t seed = 0)
      : high_{mix(seed, 1)}, low_{mix(seed, 2)}, seed_{seed} {}

  void add(std::uint64_t word) {
    if (members_ != 0) close_set();
    take(word);
  }
  /// Adds one member of a set (more precisely: a bag) of which the order does not matter. All that
  /// are added one after the other belong to it; the next `add` ends it.
  void add_set(const StateHash& member) {
    const Fingerprint value = member.value();
    set_high_ += value.high;
    set_low_ += value.low;
    ++members_;
  }
  void add(TrueTime at) { add(word_of(at, now_)); }
  void add(ClockTime reading) { add(word_of(reading, reading_)); }
  /// Of a time that is over, how long ago it was: for whoever compares ages.
  void add_age(ClockTime reading) {
    const Duration age = reading_ ? *reading_ - reading : reading.time_since_epoch();
    add(has_no_times_ ? 0 : static_cast<std::uint64_t>(age.count()));
  }

  void add_position(std::uint64_t position) {
    const std::uint64_t first = first_position_.value_or(0);
    add(position < first ? before_first : position - first);
  }

  /// An empty hash that takes times and positions as this one does: for the members of a set.
  StateHash member() const {
    StateHash other{seed_};
    other.first_position_ = first_position_;
    other.now_ = now_;
    other.reading_ = reading_;
    other.has_no_times_ = has_no_times_;
    return other;
  }

  /// True time is hashed relative to `now` from here on.
  void measure_from(TrueTime now) { now_ = now; }
  /// Readings are hashed relative to this one from here on: they must be of the same clock.
  void measure_from(ClockTime reading) { reading_ = reading; }
  /// Where the positions begin that something may yet be done with. A system has one such log.
  void number_from(std::uint64_t first) { first_position_ = first; }
  const std::optional<std::uint64_t>& first_position() const { return first_position_; }
  /// Of a time only whether it is one: not `never`, and not `no_expiry`.
  void ignore_times(bool ignore) { has_no_times_ = ignore; }
  /// The epoch of true time, if there is one.
  const std::optional<TrueTime>& now() const { return now_; }

  Fingerprint value() const {
    StateHash whole = *this;
    if (whole.members_ != 0) whole.close_set();
    return {whole.high_, whole.low_};
  }

 private:
  static constexpr std::uint64_t before_first = ~std::uint64_t{1};

  void take(std::uint64_t word) {
    high_ = mix(high_, word);
    low_ = mix(low_, std::rotl(word, 32) ^ 0xa076'1d64'78bd'642fu);
  }
  void close_set() {
    take(members_);
    take(set_high_);
    take(set_low_);
    members_ = set_high_ = set_low_ = 0;
  }
  template <typename Time>
  std::uint64_t word_of(Time at, const std::optional<Time>& epoch) const {
    if (at == Time{Duration::max()}) return static_cast<std::uint64_t>(Duration::max().count());
    if (has_no_times_) return 0;
    if (!epoch) return static_cast<std::uint64_t>(at.time_since_epoch().count());
    return at <= *epoch ? 0 : static_cast<std::uint64_t>((at - *epoch).count());
  }

  std::uint64_t high_;
  std::uint64_t low_;
  std::uint64_t seed_;  ///< that members begin with, too
  std::uint64_t set_high_ = 0;
  std::uint64_t set_low_ = 0;
  std::uint64_t members_ = 0;  ///< of a set that has not ended
  std::optional<TrueTime> now_{};
  std::optional<ClockTime> reading_{};
  std::optional<std::uint64_t> first_position_{};
  bool has_no_times_ = false;
};

}  // namespace indoubt::sim
