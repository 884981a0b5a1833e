#pragma once

#include <vector>

#include "properties/rows.hpp"
#include "sim/base/time.hpp"

namespace indoubt::properties {

/// When something was wrong that hinders every order which meets it, as intervals in order of time.
class Troubles {
 public:
  void reset() {
    over_.clear();
    on_ = 0;
    since_ = {};
  }
  void begin(sim::TrueTime at) {
    if (on_++ == 0) since_ = at;
  }
  void end(sim::TrueTime at) {
    if (--on_ == 0) over_.push_back({since_, at});
  }
  /// Over as soon as it began.
  void strike(sim::TrueTime at) {
    if (on_ == 0) over_.push_back({at, at});
  }
  /// It was wrong from then until now, as is known only now.
  void cover(sim::TrueTime from, sim::TrueTime now);
  /// Whether something is wrong that has not ended.
  bool is_on() const { return on_ != 0; }
  /// Whether anything was wrong at some time from `from` to `until`, both included.
  bool meet(sim::TrueTime from, sim::TrueTime until) const;

  bool operator==(const Troubles&) const = default;

 private:
  struct Interval {
    sim::TrueTime from{};
    sim::TrueTime until{};
    bool operator==(const Interval&) const = default;
  };

  std::vector<Interval> over_;
  std::uint32_t on_ = 0;  ///< troubles that last
  sim::TrueTime since_{};
};

}  // namespace indoubt::properties
